"""The columns of the two lists that are matched without a database."""

from emporion.cli.match_files import columns
from emporion.cli.match_files import lists as match_lists


def test_the_help_describes_each_column_by_the_name_in_the_list():
    titles = {name: [column.title for column in kind.columns] for name, kind in match_lists.LISTS.items()}
    assert titles == {name: [title for title, _ in own.values()] for name, own in columns.COLUMNS.items()}
