"""Choices among records named in two languages, the order of their names, and names in Latin letters."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import BinaryField, F, Func, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from emporion.domain.accounts.rules import NameNotInLatinLetters, require_latin_name
from emporion.domain.editions.models import Fair
from emporion.language import is_chinese, translate
from emporion.language.reading import numbers
from emporion.language.reading.errors import InputError, TwofoldNumber
from emporion.web.shell.refusals import sentence

# GB 2312, and GB 18030 after it, lists its common characters by pinyin. These of countries' names stand among the rare
# ones or are read otherwise there; each is ordered as a common one of its sound.
READ_AS = {"斐": "匪", "瑙": "脑", "梵": "泛", "秘": "必"}


def in_words(field: str = "name") -> str:
    """The field of a record's name in the reader's language."""
    return f"{field}_zh" if is_chinese() else f"{field}_en"


def by_name(field: str = "name") -> F | Func:
    """The order of records' names in the reader's language: in Chinese by pinyin, without asking the server for ICU."""
    if in_words(field).endswith("_en"):
        return F(in_words(field))
    read = Func(F(in_words(field)), Value("".join(READ_AS)), Value("".join(READ_AS.values())), function="translate")
    return Func(read, Value("GB18030"), function="convert_to", output_field=BinaryField())


def place_of_name(name: str) -> bytes | str:
    """The same order for names at hand."""
    if in_words().endswith("_en"):
        return name
    return "".join(READ_AS.get(character, character) for character in name).encode("gb18030")


class AmountField(forms.DecimalField):
    """An amount as people write it, ``1.234,56`` as well as ``1,234.56``; what may be two amounts is refused."""

    widget = forms.TextInput({"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """The amount; its bounds are the field's."""
        if value in self.empty_values or isinstance(value, Decimal):
            return super().to_python(value)
        try:
            return numbers.alone(str(value))
        except TwofoldNumber as error:
            raise forms.ValidationError(f"{translate(error.wrong)}. {translate(error.fix)}.", code="twofold") from None
        except InputError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among records named in two languages, in the order of their names or as given."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **{"empty_label": _("Choose one"), **options})

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, in_words()) or obj.name_en)


class NamedChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several of them."""

    def label_from_instance(self, obj: Any) -> str:
        return str(getattr(obj, in_words()) or obj.name_en)


class LatinName(forms.CharField):
    """A name in Latin letters, for readers of English, of somebody whose name is in Chinese."""

    def __init__(self, **options: Any) -> None:
        words = {"label": _("Your name in Latin letters"), "help_text": _("As it stands in your passport.")}
        super().__init__(**{"max_length": 150, "required": False, **words, **options})

    def clean(self, value: Any) -> str:
        name = str(super().clean(value))
        try:
            require_latin_name(name)
        except NameNotInLatinLetters as refusal:
            raise forms.ValidationError(sentence(refusal)) from refusal
        return name


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give a choice of a form what can be chosen."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def offer_records(form: forms.BaseForm, name: str, records: QuerySet[Any]) -> forms.ModelChoiceField[Any]:
    """Give a choice of a form the records that can be chosen; the choice itself."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = records
    return field


def offer_sectors(form: forms.BaseForm, name: str, fair: Fair) -> None:
    """Offer the sectors of a fair; a fair without any asks for none."""
    sectors = fair.sectors.all()
    if sectors:
        offer_records(form, name, sectors)
    else:
        del form.fields[name]
