"""The builders are imported once, by the tests that run them."""

collect_ignore_glob = ["[!t]*.py"]
