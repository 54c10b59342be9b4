"""Somebody who knows every answer and works with the mouse alone."""


def decide_all(seen, case, key):
    """Decide on every record of an opened page.

    `key` says what is right; the page may be a class's, which holds none.
    """
    for record in case.records:
        decide_one(seen, case.form, record.id, key.answers[key.of[record.id]])
    _close(seen)


def decide_one(seen, form, record, answer):
    """Do all that is needed on a record; where nothing is, one thing that is right too."""
    for number, choice in enumerate(answer.must or [answer.may]):
        _close(seen)
        seen.page.locator(f".sb-line[data-id='{record}']").click()
        if number:
            seen.page.locator("[data-do=more]").click()
        _decide(seen, *_way(form, choice))


def _close(seen):
    """Close the summary, which opens when everything is decided."""
    button = seen.page.locator(".sb-dialog [data-do=close]")
    if button.is_visible():
        button.click()


def _way(form, choice):
    """Return the first way to be right that has a button, with its place."""
    return next(
        (act, at) for act in choice for at, action in enumerate(form.actions) if _fits(action, act)
    )


def _fits(action, act):
    """Tell whether a button does what an act is; a code may have a second one for one reason."""
    free = not act.reasons or not action.reasons
    return action.code == act.code and (free or bool({*act.reasons} & {*action.reasons}))


def _decide(seen, act, at):
    """Press the button of an act, and answer what is asked for."""
    sheet = seen.page.locator(".sb-sheet")
    slot = seen.page.locator(f".sb-slot[data-dose='{act.doses[0]}']") if act.doses else None
    if slot and not act.field and slot.get_attribute("aria-pressed") != "true":
        slot.click()
    seen.page.locator(f".sb-action[data-at='{at}']").click()
    cells = [f"{dose}|{act.field}" for dose in act.doses or ("",)] if act.field else []
    others = [code for code in act.related if code not in act.doses[:1]]
    for name, codes in (("cell", cells), ("related", others), ("reason", act.reasons)):
        _answer(sheet, name, codes)
    value = sheet.locator("[data-input=value]")
    if value.count():
        value.fill(act.values[0])
    if sheet.count():
        sheet.locator("[data-do=store]").click()


def _answer(sheet, name, codes):
    """Press an answer of the sheet, if it asks for it; the first where the key leaves it free."""
    asked = f"[data-name={name}]"
    if sheet.locator(asked).count():
        chosen = f"{asked}[data-code='{codes[0]}']" if codes else asked
        sheet.locator(chosen).first.click()
