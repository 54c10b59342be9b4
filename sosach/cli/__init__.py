"""The command line: one command per room; it owns progress bars, executors and exit codes.

Exit codes: 0 all is well, 1 the data are wrong, 2 the command was used wrongly.

=============  ==================================================================
`city`         generate, verify, dictionary
`course`       course build, course check, practice
`tokens`       token ...
`signing`      sign ...
`passport`     passport ...
`classroom`    class ..., grade
`appeals`      class appeal, class accept, ...
`shared`       what they have in common: trouble, bars, arguments
=============  ==================================================================
"""

from __future__ import annotations

import click

from sosach.cli import appeals as appeals
from sosach.cli.city import dictionary, generate, verify
from sosach.cli.classroom import class_, grade
from sosach.cli.course import course, practice
from sosach.cli.passport import passport
from sosach.cli.shared import Group
from sosach.cli.signing import sign
from sosach.cli.tokens import token

__all__ = ["main"]


@click.group(cls=Group)
@click.version_option(package_name="sosach")
def main() -> None:
    """Sổ sạch: tập làm sạch và ký số hồ sơ tiêm chủng trên dữ liệu giả lập.

    (Practise cleaning and signing vaccination records on an invented city.)
    """


for _command in (
    *(generate, verify, dictionary, course, practice, class_, grade),
    *(token, sign, passport),
):
    main.add_command(_command)
