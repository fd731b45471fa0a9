"""Addresses of an exhibitor's own pages, below ``my/exhibitor/<organisation>/``."""

from __future__ import annotations

from django.urls import path

from emporion.domain.organisations.rules.representation import CATALOGUE, DEALS, MEETINGS
from emporion.web.admission import exhibitor as admission
from emporion.web.billing import exhibitor as billing
from emporion.web.catalogue import exhibitor as catalogue
from emporion.web.deals import exhibitor as deals
from emporion.web.designs import exhibitor as designs
from emporion.web.editions import exhibitor_lists as lists
from emporion.web.exhibitors import applying
from emporion.web.exhibitors import exhibitor as exhibitors
from emporion.web.market import exhibits
from emporion.web.matching import exhibitor as matching
from emporion.web.meetings import exhibitor as meetings
from emporion.web.meetings import new_request, participant
from emporion.web.organisations import people, profile
from emporion.web.pavilions import views as pavilions
from emporion.web.selling import exhibitor as selling
from emporion.web.services import exhibitor as services
from emporion.web.shell.acting import acting, managing
from emporion.web.statistics import closing

urlpatterns = [
    path("", acting(exhibitors.overview), name="my_exhibitor"),
    path("apply/", managing(applying.steps), name="my_application"),
    path("apply/check/", managing(applying.check), name="my_application_check"),
    path("apply/papers/", managing(applying.papers), name="my_papers"),
    path("apply/papers/<int:pk>/", managing(applying.paper), name="my_paper"),
    path("apply/<slug:step>/", managing(applying.step), name="my_application_step"),
    path("buyers/", managing(exhibitors.buyers_wanted), name="my_buyers_wanted"),
    path("questions/<int:pk>/", managing(exhibitors.answer), name="my_answer"),
    path("withdraw/", managing(exhibitors.withdrawal), name="my_withdrawal"),
    path("costs/", managing(billing.costs), name="my_costs"),
    path("costs/address/", managing(billing.invoice_address), name="my_invoice_address"),
    path("costs/invoices/<int:pk>.pdf", managing(billing.invoice), name="my_invoice"),
    path("contract/", managing(billing.contract), name="my_contract"),
    path("contract.pdf", managing(billing.contract_document), name="my_contract_document"),
    path("contract/signed.pdf", managing(billing.signed_paper), name="my_signed_paper"),
    path("stand/", managing(selling.stand), name="my_stand"),
    path("stand/hold/", managing(selling.hold), name="my_stand_hold"),
    path("stand/choose/", managing(selling.choose), name="my_stand_choose"),
    path("stand/act/", managing(selling.act), name="my_stand_act"),
    path("stand/wishes/", managing(selling.wishes), name="my_stand_wishes"),
    path("suggestions/", acting(matching.suggestions, MEETINGS), name="my_suggestions"),
    path("suggestions/<int:visitor>/", acting(matching.suggestion, MEETINGS), name="my_suggestion"),
    path("marks/", acting(matching.marks, MEETINGS), name="my_marks"),
    path("meetings/", acting(meetings.meetings, MEETINGS), name="my_meetings"),
    path("meetings/<int:pk>/", acting(meetings.meeting, MEETINGS), name="my_meeting"),
    path("meetings/<int:pk>/wish/", acting(new_request.wish, MEETINGS), name="my_wish"),
    path("meetings/<int:pk>/time/", acting(participant.proposal, MEETINGS), name="my_proposal"),
    path("ask/", acting(new_request.new_request, MEETINGS), name="my_new_request"),
    path("day/", acting(participant.day, MEETINGS), name="my_day"),
    path("day/calendar/", acting(participant.calendar, MEETINGS), name="my_calendar"),
    path("day/<int:pk>/outcome/", acting(participant.outcome, MEETINGS), name="my_outcome"),
    path("times/", acting(participant.times, MEETINGS), name="my_times"),
    path("deals/", acting(deals.deals, DEALS), name="my_deals"),
    path("deals/new/", acting(deals.new_deal, DEALS), name="my_new_deal"),
    path("deals/<str:number>/", acting(deals.deal, DEALS), name="my_deal"),
    path("design/", managing(designs.design), name="my_design"),
    path("design/contractors/", managing(designs.contractors), name="my_contractors"),
    path("design/<int:pk>/", managing(designs.own_drawing), name="my_drawing"),
    path("staff/", managing(admission.staff), name="my_staff"),
    path("staff/builders/", managing(admission.builders), name="my_builders"),
    path("staff/<int:pk>/", managing(admission.member), name="my_staff_member"),
    path("services/", managing(services.services), name="my_services"),
    path("report/", managing(closing.closing), name="my_report"),
    path("report.pdf", managing(closing.closing_paper), name="my_report_paper"),
    path("people/", managing(people.people), name="my_people"),
    path("people/<int:pk>/", managing(people.colleague), name="my_colleague"),
    path("people/invitations/<int:pk>/", managing(people.colleague_invitation), name="my_colleague_invitation"),
    path("profile/", acting(profile.profile, CATALOGUE), name="my_profile"),
    path("products/", acting(catalogue.products, CATALOGUE), name="my_products"),
    path("products/new/", acting(catalogue.new_product, CATALOGUE), name="my_new_product"),
    path("products/<int:pk>/", acting(catalogue.product, CATALOGUE), name="my_product"),
    path("products/<int:pk>/pictures/", acting(catalogue.pictures, CATALOGUE), name="my_product_pictures"),
    path("products/lists/", acting(lists.product_lists, CATALOGUE), name="my_product_lists"),
    path("products/lists/template.xlsx", acting(lists.product_template, CATALOGUE), name="my_product_template"),
    path("products/lists/<int:pk>/", acting(lists.product_list, CATALOGUE), name="my_product_list"),
    path("products/lists/<int:pk>/rows/", acting(lists.product_rows, CATALOGUE), name="my_product_rows"),
    path("pavilion/<int:pavilion>/", managing(pavilions.overview), name="my_pavilion"),
    path("pavilion/<int:pavilion>/exhibitors.csv", managing(pavilions.download), name="my_pavilion_file"),
    path("pavilion/<int:pavilion>/lists/", managing(lists.pavilion_lists), name="my_pavilion_lists"),
    path("pavilion/<int:pavilion>/lists/template.xlsx", managing(lists.pavilion_template), name="my_pavilion_template"),
    path("pavilion/<int:pavilion>/lists/<int:pk>/", managing(lists.pavilion_list), name="my_pavilion_list"),
    path("pavilion/<int:pavilion>/lists/<int:pk>/rows/", managing(lists.pavilion_rows), name="my_pavilion_rows"),
    path("pavilion/<int:pavilion>/<int:pk>/", managing(pavilions.member), name="my_pavilion_member"),
    path("exhibits/", acting(exhibits.ledger, CATALOGUE), name="my_exhibits"),
]
