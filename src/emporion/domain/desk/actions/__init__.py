"""What happens at the desk: views are saved, decisions taken back, lists taken out."""

from emporion.domain.desk.actions.downloads import note_download
from emporion.domain.desk.actions.reviewing import review_unit_again, review_visitor_again
from emporion.domain.desk.actions.views import remove_view, save_view

__all__ = ["note_download", "remove_view", "review_unit_again", "review_visitor_again", "save_view"]
