"""What the organiser asks before it decides, and the answer: on the visitor's page, or by the link in the message."""

from __future__ import annotations

from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emporion.domain.journal.context import ActionContext
from emporion.domain.visitors.actions import answer_registered
from emporion.domain.visitors.models import RegistrationQuestion
from emporion.domain.visitors.queries import questions_about
from emporion.web.shell.access import action_context, visit
from emporion.web.shell.addresses import fair_url
from emporion.web.shell.respond import accepted, form_page

FIELDS = {"answer_needed": "answer", "text_too_long": "answer", "question_answered": "answer"}


class AnswerForm(forms.Form):
    """An answer to the organiser."""

    answer = forms.CharField(label=gettext_lazy("Your answer"), widget=forms.Textarea({"rows": 6}), max_length=2_000)


def answered(form: AnswerForm, asked: RegistrationQuestion, context: ActionContext) -> bool:
    """Answer as typed; false where that is refused, and the form says why."""
    do = partial(answer_registered, asked, context=context)
    return accepted(form, lambda: do(form.cleaned_data["answer"]), FIELDS) is not None


@login_required
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """A question to the visitor or to the visitor's unit, and the answer."""
    here = visit(request)
    asked = questions_about(here).filter(pk=pk).first()
    if asked is None:
        raise Http404(_("There is no such question about your registration."))
    form = AnswerForm(request.POST or None, initial={"answer": asked.answer})
    context = action_context(request)
    if request.method == "POST" and answered(form, asked, context):
        messages.success(request, _("Your answer is with the organiser, who goes on with the review."))
        return redirect(fair_url(request, "my_visit"))
    return form_page(request, "visitors/answer.html", here.edition, {"here": here, "form": form, "question": asked})
