"""Every event that the journal may hold: what it is about, whether it is public, and what it says.

An event is *public* when it changes what readers without an account see: names, stands, products, programme, tariffs,
or a published figure by a whole list. Single registrations, requests, scans and deals are not: they come by the
second and show only in the bulletin's figures, which have a time limit of their own.
"""

from __future__ import annotations

from dataclasses import dataclass


class EventNotRegistered(Exception):
    """An action records an event that stands in no list: add it to ``domain/journal/events.py``."""


@dataclass(frozen=True)
class Event:
    """One kind of entry. ``name`` is the subject's room or kind and a verb in the past, as in ``contract.signed``.

    ``subjects``: the kinds of record that it may be about, as model names in snake case. ``schema``: the version of
    the entry's data; raise it when a key is renamed, removed or given another meaning.
    """

    name: str
    subjects: tuple[str, ...]
    meaning: str
    public: bool = False
    schema: int = 1


PERSON = ("visitor", "exhibitor")


def _public(name: str, subject: str, meaning: str) -> Event:
    return Event(name, (subject,), meaning, public=True)


def _internal(name: str, subject: str | tuple[str, ...], meaning: str) -> Event:
    return Event(name, (subject,) if isinstance(subject, str) else subject, meaning)


_ALL = (
    # editions
    _internal("fair.created", "fair", "A fair was recorded."),
    _public("edition.shown", "edition", "An edition became the one that its fair's pages show."),
    _public("edition.opened", "edition", "An edition was set up or changed: its areas, phases and free booths."),
    _public("edition.dates_changed", "edition", "Phases of an edition were set to other days; the data give both."),
    _public(
        "edition.rules_changed", "edition", "Hours, quota of free booths or days of rates changed; the data give both."
    ),
    _internal("edition.prepared", "edition", "The next edition was laid out as one before it."),
    _public("area.added", "exhibition_area", "An exhibition area was added."),
    _public("area.changed", "exhibition_area", "An exhibition area was changed; the data name the fields."),
    _public("area.removed", "exhibition_area", "An exhibition area on which nothing was built was taken out."),
    _public("hall.added", "hall", "A hall was added."),
    _public("hall.changed", "hall", "A hall was changed; the data name the fields."),
    _public("hall.removed", "hall", "A hall without stands was taken out."),
    _public("halls.imported", "edition", "A list of halls was imported."),
    _public("rates.loaded", "reference_rate", "A list of reference rates was loaded."),
    # organisations
    _internal("organisation.registered", "organisation", "An organisation was registered."),
    _public("organisation.described", "organisation", "An organisation changed what visitors read of it."),
    _public("organisation.renamed", "organisation", "An organisation's name was corrected; the data give the old one."),
    _public("organisations.merged", "organisation", "Two records of one organisation became one."),
    _internal("duplicate.told_apart", "organisation", "Two alike organisations were found to be different."),
    _internal("duplicates.listed", "organisation", "Pairs of organisations that may be one were listed for the desk."),
    _internal("representative.appointed", "organisation", "A person was appointed to act for an organisation."),
    _internal("representative.roles_changed", "organisation", "A representative was given other roles."),
    _internal("representative.dismissed", "organisation", "A person acts for an organisation no longer."),
    _internal("organisation.claimed", "organisation", "A person claimed to act for an organisation."),
    _internal("claim.accepted", "organisation", "The desk accepted a claim."),
    _internal("claim.declined", "organisation", "The desk declined a claim."),
    # staff
    _internal("staff.role_granted", "fair", "A person was given a role of the organiser's staff."),
    _internal("staff.role_revoked", "fair", "A role of the organiser's staff was taken away."),
    # people
    _internal("invitation.sent", "invitation", "A person was invited: to a record, an organisation or the staff."),
    _internal("invitations.sent", "edition", "Visitors or contacts of an edition were invited by a list."),
    _internal("invitation.accepted", "invitation", "An invitation was accepted."),
    _internal("invitation.withdrawn", "invitation", "An invitation was taken back."),
    _internal("visitor.claimed", "visitor", "A person claimed a registration with their confirmed address."),
    _internal("visitors.duplicates_listed", "visitor", "Registrations that may be one person's were listed."),
    _internal("visitors.kept_apart", "visitor", "Two registrations were found to be two people's."),
    _internal("visitors.merged", "visitor", "Two registrations of one person became one."),
    _internal("account.closed", "user", "A person closed their account."),
    _internal("account.second_factors_removed", "user", "An operator removed second factors that were lost."),
    # marketaccess
    _public("tariff.loaded", "tariff", "A tariff schedule was loaded."),
    _public("tariff.replaced", "tariff", "A tariff schedule of the same day was replaced."),
    _public("tariff.unloaded", "tariff", "A tariff schedule was taken out."),
    _public("measures.loaded", "tariff", "Additional duties of an importer were loaded."),
    _public("measures.unloaded", "tariff", "The additional duties of an importer were taken out."),
    _public("exhibit_rules.set", "edition", "The rules of exhibits for an edition were set: stay and quotas."),
    _public("exhibit.admitted", "exhibit", "An exhibit was brought in for the show."),
    _public("exhibit.stay_extended", "exhibit", "An exhibit's stay was extended."),
    _public("exhibit.settled", "exhibit", "Pieces of an exhibit were sold, re-exported or otherwise settled."),
    # exhibitors
    _internal("application.made", "application", "An application was drafted."),
    _internal("application.submitted", "application", "An application was submitted for review."),
    _internal("application.approved", "application", "An application was approved."),
    _internal("application.reopened", "application", "A decision was taken back: the application is reviewed again."),
    _internal("application.rejected", "application", "An application was rejected; the data give the reason."),
    _internal("application.withdrawn", "application", "An application was withdrawn."),
    _internal("application.paper_added", "application_paper", "A paper was added to an application."),
    _internal("application.paper_removed", "application_paper", "A paper was taken away from an application."),
    _internal("application.question_asked", "application", "The organiser asked the applicant a question."),
    _internal("application.question_answered", "application", "The applicant answered a question of the organiser's."),
    _internal("application.buyers_wanted", "application", "An exhibitor said which buyers it wants to meet."),
    _internal("applications.approved", "edition", "All applications that could be approved were approved."),
    _public("contract.signed", "exhibitor", "A contract was signed: the applicant became an exhibitor."),
    _public("contracts.signed", "edition", "The contracts of all approved applications were signed."),
    _public("exhibitor.sector_set", "exhibitor", "The organiser said in which sector an exhibitor is."),
    _public("exhibitors.imported", "edition", "A list of exhibitors was imported."),
    _internal("pavilion.imported", "edition", "A list of a pavilion's exhibitors was imported by its manager."),
    _public("participations.imported", "edition", "A list of an earlier edition's participations was imported."),
    # visitors
    _internal("unit.registered", "visiting_unit", "A visiting unit registered."),
    _internal("unit.approved", "visiting_unit", "A visiting unit was approved."),
    _internal("unit.rejected", "visiting_unit", "A visiting unit was rejected."),
    _internal("unit.reviewed_again", "visiting_unit", "The decision about a visiting unit was taken back."),
    _internal("visitor.registered", "visitor", "A visitor registered."),
    _internal("visitor.approved", "visitor", "A visitor was approved."),
    _internal("visitor.rejected", "visitor", "A visitor was rejected."),
    _internal("visitor.reviewed_again", "visitor", "The decision about a visitor was taken back."),
    _internal("visitor.consent_given", "visitor", "A visitor said what exhibitors may have of them."),
    _internal("visitor.cancelled", "visitor", "A visitor's registration was cancelled."),
    _internal("delegations.imported", "edition", "The tree of delegations was imported."),
    _internal("delegation.added", "delegation", "A group or sub-group was added to the tree of delegations."),
    _internal("delegation.quotas_set", "delegation", "It was set how many of a delegation may come, and when."),
    _internal("delegation.leader_appointed", "delegation", "A person came to lead a delegation; the data name them."),
    _internal("delegation.leader_dismissed", "delegation", "A person leads a delegation no longer."),
    _internal("delegation.people_confirmed", "delegation", "A delegation's leader confirmed people of it."),
    _internal("delegation.members_imported", "delegation", "A delegation's leader brought a list of its people."),
    _public("delegation.approved", "delegation", "A delegation's waiting units and people were approved."),
    _public("visitors.approved", "edition", "All waiting units and visitors were approved."),
    _public("visitors.imported", "edition", "A list of visitors was imported."),
    _internal("need.added", "purchase_need", "A visiting unit noted what it means to buy."),
    _internal("need.removed", "purchase_need", "A visiting unit took back a purchase need."),
    _internal("needs.imported", "edition", "A list of purchase needs was imported."),
    # booths
    _internal("plan.brought", "hall", "A drawing of a hall was brought; its plan is still as it was."),
    _internal("plan.discarded", "hall", "A drawing was discarded."),
    _public("plan.applied", "hall", "A drawing changed a hall's plan; the data count what is new, changed and gone."),
    _internal("plan.rules_set", "edition", "What an edition asks of its plans was set."),
    _public("stand.redrawn", "stand", "A drawing moved a stand or gave it another number; the data give both."),
    _public("stand.removed", "hall", "A drawing took a stand away."),
    _public("plan.published", "hall", "A draft became a hall's plan; the data count what is new, changed and gone."),
    _internal("draft.discarded", "hall", "A draft of a hall's plan was given up."),
    _public("stand.placed", "stand", "An exhibitor was placed on a stand; the data give its contract's number."),
    _public("booths.allocated", "allocation_run", "The halls were allocated."),
    _internal("booths.draft_dropped", "edition", "A draft of the halls was dropped."),
    _internal("stand.locked", "stand", "A stand was locked in its place."),
    _internal("stand.unlocked", "stand", "A stand was unlocked."),
    _public("stand.changed", "stand", "A stand was given another number or kind; the data give both before."),
    _public("stand.occupied", "stand", "An exhibitor was put on a stand; the data give its contract's number."),
    _internal("free_booth.granted", "exhibitor", "An exhibitor was granted a free booth."),
    _public("free_booths.granted", "edition", "Free booths were granted in turn."),
    # billing
    _public("contract.cancelled", "application", "A contract was cancelled; the data give its number and the reason."),
    _public("stand.released", "stand", "An exhibitor was taken off its stand; the data give its contract's number."),
    _internal("billing_terms.set", "edition", "Who issues contracts and invoices, to which account, and the terms."),
    _internal("invoice_address.set", "application", "An exhibitor said to whom its invoices are made out."),
    _internal("contract.accepted", "contract", "A contract was accepted by a click; the data give its SHA-256."),
    _internal("contract.paper_added", "contract", "A contract signed on paper was added; the data give its SHA-256."),
    _internal("contracts.recorded", "edition", "The contracts of exhibitors that signed elsewhere were recorded."),
    _internal("invoices.issued", "edition", "The invoices of all contracts that waited for theirs were issued."),
    _internal("invoice.issued", "invoice", "An invoice was issued; the data give its total and its reference."),
    _internal("invoice.credited", "invoice", "A credit note was issued; the data give the invoice and the reason."),
    _internal("payments.taken", "edition", "A bank's statement was taken in; the data give its name and its entries."),
    _internal("payment.entered", "payment", "A payment was typed in; the data give the invoice and the amount."),
    _internal("payment.allocated", "payment", "What was left of a payment was allocated to an invoice."),
    _internal("payment.settled", "payment", "A payment that fitted no invoice was dealt with; the data say how."),
    _internal("payment.reminded", "invoice", "An exhibitor was reminded of what is overdue."),
    _internal("prices.set", "edition", "The price list of an edition was set; the data give the prices."),
    _internal("contract.repriced", "contract", "A contract's money followed its stand; the data give the new total."),
    # selling
    _internal("sale.rules_set", "edition", "It was set how the edition's stands come to exhibitors."),
    _internal("sale.stands_added", "edition", "Stands were put on sale."),
    _internal("sale.stands_removed", "edition", "Free stands were taken off sale."),
    _internal("sale.location_set", "edition", "Stands on sale were given a class of places."),
    _internal("stand.held", "stand", "A stand was held for an applicant; the data give until when."),
    _internal("stand.renewed", "stand", "A hold was renewed."),
    _internal("stand.given_back", "stand", "An applicant gave a stand back."),
    _internal("stand.lapsed", "stand", "The time of a hold or an offer ended."),
    _internal("stand.offered", "stand", "A stand was offered to an applicant; the data give until when."),
    _internal("stand.declined", "stand", "An applicant declined a stand that was offered."),
    _internal("stand.requested", "stand", "An applicant requested a stand."),
    _internal("stand.waited_for", "stand", "An applicant joined the waiting list of a stand."),
    _internal("stand.abandoned", "stand", "A stand became free because its application ended."),
    _internal("stand.taken_back", "stand", "The organiser took a stand back; the data give the reason."),
    _public("stand.confirmed", "stand", "An exhibitor's stand was confirmed; the data give its contract's number."),
    _public("stand.split", "stand", "A stand was cut in two; the data give both numbers and areas."),
    _public("stand.merged", "stand", "Stands were joined; the data give the numbers that they had."),
    _public("stand.swapped", "stand", "Two exhibitors exchanged their stands; the data give both numbers."),
    _public("stand.moved", "stand", "An exhibitor moved to another stand; the data give both numbers."),
    _internal("stand_wishes.set", "edition", "An applicant ranked the stands that it wants; the data name them."),
    _internal("stand_priority.set", "application", "An applicant was given points for its turn."),
    _internal("stands.drawn", "drawing", "The stands were drawn among those with wishes."),
    # catalogue
    _public("product.added", "product", "A product was added to the catalogue."),
    _public("product.changed", "product", "A product was changed."),
    _public("product.picture_added", "product", "A picture of a product was added."),
    _public("product.picture_removed", "product", "A picture of a product was taken away."),
    _public("product.removed", "product", "A product was removed."),
    _public("products.imported", "edition", "A list of products was imported."),
    # programme
    _public("sessions.imported", "edition", "A programme was imported."),
    _public("session.added", "session", "A session was added to the programme."),
    _public("session.changed", "session", "A session of the programme was changed."),
    _public("session.cancelled", "session", "A session of the programme was cancelled."),
    _public("session.restored", "session", "A cancelled session takes place after all."),
    _internal("session.chosen", "session", "A visitor put a session into their plan; the data name the visitor."),
    _internal("session.left", "session", "A visitor took a session out of their plan."),
    # admission
    _internal("badge.issued", "visitor", "A visitor's badge was issued."),
    _internal("badges.issued", "edition", "Badges were issued."),
    _internal("badge.revoked", "badge", "A badge was revoked; the data give the reason."),
    _internal(
        "passes.imported", "edition", "Passes for the press, the organiser's staff and service firms were issued."
    ),
    _internal("entries.recorded", "edition", "A gate's scans were recorded."),
    # matching
    _internal("matching.run", "matching_run", "Suggestions were computed for all visitors and exhibitors."),
    _internal("texts.kept", "edition", "Changed texts of exhibitors were encoded for matching."),
    _internal("suggestion.declined", "visitor", "One side declined the other; the data name the exhibitor."),
    _internal("suggestion.decline_taken_back", "visitor", "A decline was taken back."),
    _internal("suggestion.marked", "visitor", "One side made the other a favourite, hid it, or took its mark back."),
    # meetings
    _internal("slots.opened", "edition", "The meeting slots were opened."),
    _internal("requests.imported", "edition", "A list of meeting requests was imported."),
    _internal("meeting.asked", "meeting_request", "One side asked to meet the other."),
    _internal("meeting.accepted", "meeting_request", "A meeting request was accepted."),
    _internal("meeting.declined", "meeting_request", "A meeting request was declined."),
    _internal("meeting.cancelled", "meeting_request", "A meeting request was cancelled."),
    _internal("meeting.unwanted", "meeting_request", "One side said that it does not want to meet the other."),
    _internal("meeting.wished", "meeting_request", "A request became a “must meet”, or a wish again."),
    _internal("meeting.proposed", "meeting_request", "One side answered a request by a time of its own."),
    _internal("meeting.pinned", "meeting", "A meeting was pinned to its slot."),
    _internal("meeting.unpinned", "meeting", "A meeting was unpinned."),
    _internal("meeting.outcome", "meeting", "It was noted whether a meeting was held."),
    _internal("presence.set", PERSON, "Somebody said when they are away and how many meetings a day they can take."),
    _internal("hall.closed", "hall", "A hall was closed to meetings for some slots."),
    _internal("hall.opened", "hall", "A hall was opened to meetings again."),
    _internal("timetable.made", "timetable_run", "A draft of the timetable was made."),
    _internal("timetable.published", "edition", "The timetable was published."),
    _internal("timetable.replanned", "timetable_run", "The timetable was replanned."),
    _internal("calendar.linked", PERSON, "Somebody's private calendar address was made."),
    _internal("calendar.revoked", PERSON, "Somebody's private calendar address was ended."),
    _internal("delegation.linked", "delegation", "The private address of a delegation's sheets was made."),
    _internal("delegation.revoked", "delegation", "The private address of a delegation's sheets was ended."),
    _internal("staff_member.registered", "exhibitor", "An exhibitor registered one of its people for a pass."),
    _internal("staff_member.removed", "exhibitor", "An exhibitor took one of its people off the list."),
    _internal("passes.asked", "exhibitor", "An exhibitor asked for more passes."),
    _internal("passes.decided", "exhibitor", "The organiser decided how many more passes an exhibitor gets."),
    _internal("task_days.set", "edition", "The organiser set by when exhibitors do what they have to."),
    _internal("pass_rules.set", "edition", "The organiser set how many passes stands get, and the days of building."),
    _internal("construction_rules.set", "edition", "The edition's rules of construction were set."),
    # designs
    _internal("design.handed_in", "stand_design", "A version of a stand's design was handed in."),
    _internal("design.approved", "stand_design", "A stand's design was approved."),
    _internal("design.changes", "stand_design", "The organiser asked for changes of a stand's design."),
    _internal("design.rejected", "stand_design", "A stand's design was rejected."),
    _internal("contractor.engaged", "exhibitor", "A contractor was engaged to build an exhibitor's stand."),
    _internal("contractor.dismissed", "exhibitor", "A contractor builds an exhibitor's stand no longer."),
    # services
    _internal("service.changed", "service", "The organiser offered a service to exhibitors, or changed it."),
    _internal("services.ordered", "exhibitor", "An exhibitor ordered services, or changed its order."),
    _internal("services.corrected", "exhibitor", "The organiser reduced an exhibitor's order of services."),
    # deals
    _internal("deal.recorded", "deal", "A deal was recorded."),
    _internal("deal.confirmed", "deal", "One side confirmed a deal."),
    _internal("deal.withdrawn", "deal", "A deal was withdrawn."),
    _internal("deal.evidence_added", "deal", "A paper was added to a deal."),
    _internal("investment.recorded", "investment", "An investment was recorded."),
    _public("deals.imported", "edition", "A list of deals was imported."),
    _internal("fapiaos.imported", "edition", "A list of e-fapiao numbers was imported."),
    _public("investments.imported", "edition", "A list of investments was imported."),
    _internal("visitor.changed", "visitor", "A visitor changed what was stated; which fields."),
    _internal("visitor.question_asked", "visitor", "The organiser asked a visitor something before deciding."),
    _internal("visitor.question_answered", "visitor", "A question about a visitor's registration was answered."),
    _internal("unit.question_asked", "visiting_unit", "The organiser asked a visiting unit something before deciding."),
    _internal("unit.question_answered", "visiting_unit", "A question about a visiting unit was answered."),
    _internal("badge.made_anew", "badge", "A badge was made anew under another number."),
    _internal("message_text.changed", "message_text", "An automatic message was given the edition's own words."),
    _internal("message_text.reset", "message_text", "An automatic message has the product's words again."),
    _internal("group_message.sent", "group_message", "A message was sent to all whom a list's filter finds."),
    _internal("list.downloaded", "record", "A list of the back office was downloaded."),
    # what the office types into reference data, editions and the like, without an action
    _public("record.added", "record", "A record was typed in at the office."),
    _public("record.changed", "record", "A record was changed at the office."),
    _public("record.removed", "record", "A record was removed at the office."),
    # the demonstration
    _public("demo.step", "demo_step", "A step of the demonstration was done."),
)

EVENTS: dict[str, Event] = {event.name: event for event in _ALL}


def event_named(name: str) -> Event:
    """The registered event. Raises EventNotRegistered."""
    try:
        return EVENTS[name]
    except KeyError:
        raise EventNotRegistered(f"{name}: add it to domain/journal/events.py") from None
