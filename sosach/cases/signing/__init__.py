"""The desks of the second course: what is to be signed, and what was signed and must be judged.

A desk deals kinds of situations (``*_kinds``, `dealing`) to the things that it lays out (``*_desk``,
`drawer`, `half_signed`, `asking`, `qr_codes`); tables, papers and answers follow from the seed.
`signable` asks the platform's gate which doses may be signed. What is really signed (``prints_*``)
is written from the same tables when a pack is written, by the certificates of the class, and is no
part of a case's fingerprint. `proofs` looks at the batches that come back.

One dose, from the city to a verdict: `generator.packs` makes it with its register, a desk says in
``can_kiem_tra`` who signed it, when and in which words, `prints_signatures` signs those words into a
batch, the trainee (or `sosach.signing.dose_checks`) judges the batch beside the register, and
`sosach.grading.rubrics` holds the answer against the choice that the desk noted.
"""
