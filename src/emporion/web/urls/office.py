"""Addresses of the organiser's office outside the lists of records, below ``office/``."""

from __future__ import annotations

from django.urls import path

from emporion.domain.staff.rules import FINANCE, GATE, HALLS, MEETINGS, OWNER, REGISTRATION, REVIEWER
from emporion.web.accounts import inviting, staff
from emporion.web.admission import office as admission
from emporion.web.billing import contracts, invoices, payments
from emporion.web.billing.fapiaos import fapiao_list
from emporion.web.billing.prices import prices
from emporion.web.booths import editor, editor_publish
from emporion.web.designs import office as designs
from emporion.web.desk import dates, downloads, home, message_texts, queues, records, runs, views
from emporion.web.desk import doubles as organisation_doubles
from emporion.web.desk import messages as group_messages
from emporion.web.editions import list_columns, lists
from emporion.web.editions.next_edition import next_edition
from emporion.web.exhibitors import papers
from emporion.web.meetings import office as meetings
from emporion.web.meetings import sheets
from emporion.web.organisations import claims
from emporion.web.plans import drawings as plan_drawings
from emporion.web.plans import office as plans
from emporion.web.preparation import office as preparation
from emporion.web.programme import office as programme
from emporion.web.reference.rates import rates
from emporion.web.selling import office as selling
from emporion.web.selling import one_stand
from emporion.web.services import invoicing
from emporion.web.services import office as services
from emporion.web.shell.staff import office_page
from emporion.web.urls import records as lists_of_records
from emporion.web.visitors import doubles, office_delegations
from emporion.web.work import office as work

anybody = office_page()
timetable = office_page(MEETINGS)
finance = office_page(FINANCE)
agreements = office_page(FINANCE, REVIEWER)
equipment = office_page(HALLS, FINANCE)
followers = office_page(REVIEWER, HALLS)
halls, stands = office_page(HALLS), office_page(HALLS, GATE)
delegations = office_page(MEETINGS, REGISTRATION)
review, desk, gate = office_page(REVIEWER), office_page(REGISTRATION), office_page(REGISTRATION, GATE)
pairs = office_page(REVIEWER, REGISTRATION)
applications, units, visitors = ({"queue": name} for name in ("applications", "units", "visitors"))

urlpatterns = [
    path("", home.home, name="office"),
    path("staff/", staff.staff, name="office_staff"),
    path("staff/<int:pk>/", staff.staff_role, name="office_staff_role"),
    path("staff/invitations/<int:pk>/", staff.staff_invitation, name="office_staff_invitation"),
    path("invitations/", inviting.invitations, name="office_invitations"),
    path("invitations/send/", inviting.invite, name="office_invite"),
    path("invitations/<int:pk>/", inviting.invitation_withdrawal, name="office_invitation_withdrawal"),
    path("applications/", review(queues.listing), applications, name="office_applications"),
    path("applications/act/", review(queues.act), applications, name="office_applications_act"),
    path("applications/list/", review(downloads.download), applications, name="office_applications_list"),
    path("applications/<int:pk>/", review(records.one), applications, name="office_applications_one"),
    path("units/", desk(queues.listing), units, name="office_units"),
    path("units/act/", desk(queues.act), units, name="office_units_act"),
    path("units/list/", desk(downloads.download), units, name="office_units_list"),
    path("units/<int:pk>/", desk(records.one), units, name="office_units_one"),
    path("visitors/", gate(queues.listing), visitors, name="office_visitors"),
    path("visitors/act/", gate(queues.act), visitors, name="office_visitors_act"),
    path("visitors/list/", desk(downloads.download), visitors, name="office_visitors_list"),
    path("visitors/<int:pk>/", gate(records.one), visitors, name="office_visitors_one"),
    *lists_of_records.urlpatterns,
    path("views/<slug:queue>/", anybody(views.view), name="office_view"),
    path("organisations/doubles/", pairs(organisation_doubles.organisations), name="office_organisation_doubles"),
    path(
        "organisations/doubles/search/", pairs(organisation_doubles.search), name="office_organisation_doubles_search"
    ),
    path("organisations/doubles/<int:pk>/", pairs(organisation_doubles.decision), name="office_organisation_double"),
    path("messages/groups/", pairs(group_messages.messages), name="office_group_messages"),
    path("messages/groups/new/<slug:queue>/", pairs(group_messages.begin), name="office_group_message_new"),
    path("messages/groups/<int:pk>/", pairs(group_messages.message), name="office_group_message"),
    path("messages/texts/", office_page(OWNER)(message_texts.texts), name="office_message_texts"),
    path("messages/texts/<slug:template>/", office_page(OWNER)(message_texts.text), name="office_message_text"),
    path("runs/", office_page(HALLS, MEETINGS, REVIEWER)(runs.runs), name="office_runs"),
    path("runs/draft/", halls(runs.draft), name="office_allocation_draft"),
    path("dates/", anybody(dates.dates), name="office_dates"),
    path("rules/", anybody(dates.rules), name="office_rules"),
    path("claims/", claims.claims, name="office_claims"),
    path("claims/<int:pk>/", claims.claim_decision, name="office_claim"),
    path("doubles/", doubles.doubles, name="office_doubles"),
    path("doubles/search/", doubles.doubles_search, name="office_doubles_search"),
    path("doubles/<int:pk>/", doubles.double_decision, name="office_double"),
    path("work/", anybody(work.tasks), name="office_tasks"),
    path("work/<int:pk>/", anybody(work.task), name="office_task"),
    path("work/<int:pk>/file/", anybody(work.file), name="office_task_file"),
    path("work/<int:pk>/again/", anybody(work.again), name="office_task_again"),
    path("messages/", office_page(OWNER)(work.outbox), name="office_outbox"),
    path("lists/", anybody(lists.lists), name="office_lists"),
    path("lists/<int:pk>/", anybody(lists.one_list), name="office_list"),
    path("lists/<int:pk>/columns/", anybody(list_columns.columns), name="office_list_columns"),
    path("lists/<int:pk>/cells/", anybody(lists.mend), name="office_list_mend"),
    path("lists/<int:pk>/rows/", anybody(lists.rows_to_mend), name="office_list_rows"),
    path("lists/<slug:kind>.xlsx", anybody(lists.list_template), name="office_list_template"),
    path("editions/next/", office_page(OWNER)(next_edition), name="office_next_edition"),
    path("papers/<int:pk>/", office_page(REVIEWER)(papers.paper), name="office_paper"),
    path("late/", followers(preparation.late), name="office_late"),
    path("late/days/", followers(preparation.days), name="office_task_days"),
    path("passes/", stands(admission.passes), name="office_passes"),
    path("passes/<int:pk>/", stands(admission.more_passes), name="office_more_passes"),
    path("sale/", halls(selling.sale), name="office_sale"),
    path("sale/rules/", halls(selling.rules), name="office_sale_rules"),
    path("sale/choice/", halls(selling.stands), name="office_sale_stands"),
    path("sale/waiting/", halls(selling.waiting), name="office_sale_waiting"),
    path("sale/draw/", halls(selling.draw), name="office_draw"),
    path("sale/drawings/<int:pk>/", halls(selling.drawing), name="office_drawing_order"),
    path("sale/stands/<str:number>/", halls(one_stand.one), name="office_sale_stand"),
    path("sale/stands/<str:number>/act/", halls(one_stand.act), name="office_sale_stand_act"),
    path("designs/", halls(designs.designs), name="office_designs"),
    path("designs/rules/", halls(designs.construction), name="office_construction"),
    path("designs/<int:pk>/", halls(designs.design), name="office_design"),
    path("designs/<int:pk>/<int:file>/", halls(designs.one_drawing), name="office_drawing"),
    path("plans/", halls(plans.plans), name="office_plans"),
    path("plans/rules/", halls(plans.plan_rules), name="office_plan_rules"),
    path("plans/drawings/<int:pk>/", halls(plan_drawings.drawing), name="office_plan_drawing"),
    path("plans/drawings/<int:pk>/changes/", halls(plan_drawings.changes), name="office_plan_changes"),
    path("plans/halls/<str:code>/", halls(plans.plan), name="office_plan"),
    path("plans/halls/<str:code>/editor/", halls(editor.editor), name="office_editor"),
    path("plans/halls/<str:code>/editor/state/", halls(editor.editor_state), name="office_editor_state"),
    path("plans/halls/<str:code>/editor/commands/", halls(editor.editor_commands), name="office_editor_commands"),
    path(
        "plans/halls/<str:code>/editor/differences/",
        halls(editor_publish.editor_differences),
        name="office_editor_differences",
    ),
    path(
        "plans/halls/<str:code>/versions/<int:number>/",
        halls(editor_publish.editor_version),
        name="office_editor_version",
    ),
    path("plans/halls/<str:code>/<slug:kind>/", halls(plans.plan_file), name="office_plan_file"),
    path("services/", equipment(services.services), name="office_services"),
    path("services/new/", equipment(services.new_service), name="office_new_service"),
    path("services/orders.csv", equipment(services.orders), name="office_orders"),
    path("services/<int:pk>/", equipment(services.service), name="office_service"),
    path("services/invoices/", finance(invoicing.balances), name="office_balances"),
    path("services/orders/<int:pk>/", equipment(invoicing.order), name="office_order"),
    path("services/orders/<int:pk>/invoice/", finance(invoicing.order_invoice), name="office_order_invoice"),
    path("rates/", office_page(FINANCE)(rates), name="office_rates"),
    path("prices/", finance(prices), name="office_prices"),
    path("contracts/", agreements(contracts.contracts), name="office_contracts"),
    path("contracts/billing/", finance(contracts.billing), name="office_billing"),
    path("contracts/terms/", finance(contracts.terms), name="office_terms"),
    path("contracts/<int:pk>/", agreements(contracts.contract), name="office_contract"),
    path(
        "contracts/<int:pk>/cancellation/",
        agreements(contracts.contract_cancellation),
        name="office_contract_cancellation",
    ),
    path("contracts/<int:pk>/invoice/", finance(contracts.contract_invoice), name="office_contract_invoice"),
    path("contracts/<int:pk>/contract.pdf", agreements(contracts.contract_document), name="office_contract_document"),
    path("contracts/<int:pk>/signed.pdf", agreements(contracts.signed_paper), name="office_signed_paper"),
    path("invoices/", finance(invoices.invoices), name="office_invoices"),
    path("invoices/fapiaos.csv", finance(fapiao_list), name="office_fapiaos"),
    path("invoices/<int:pk>/payment/", finance(invoices.payment_entered), name="office_payment_entered"),
    path("invoices/<int:pk>/reminder/", finance(payments.reminder), name="office_reminder"),
    path("payments/", finance(payments.payments), name="office_payments"),
    path("payments/<int:pk>/", finance(payments.payment), name="office_payment"),
    path("invoices/<int:pk>.pdf", finance(invoices.document), name="office_invoice_document"),
    path("invoices/<int:pk>/", finance(invoices.invoice), name="office_invoice"),
    path("programme/", timetable(programme.programme), name="office_programme"),
    path(
        "programme/<str:number>/cancellation/",
        timetable(programme.cancellation),
        name="office_session_cancellation",
    ),
    path("timetable/", timetable(meetings.timetable), name="office_timetable"),
    path("timetable/slots/", timetable(meetings.opened), name="office_slots"),
    path("timetable/action/", timetable(meetings.draft_or_publish), name="office_timetable_action"),
    path("timetable/changes/", timetable(meetings.changes), name="office_changes"),
    path("timetable/closure/", timetable(meetings.closure), name="office_closure"),
    path("timetable/<int:pk>/pin/", timetable(meetings.pinning), name="office_pin"),
    path("delegations/", office_delegations.tree_page, name="office_delegations"),
    path("delegations/<str:path>/", office_delegations.one, name="office_delegation"),
    path("delegations/<str:path>/quotas/", office_delegations.quotas, name="office_delegation_quotas"),
    path("delegations/<str:path>/approval/", office_delegations.approval, name="office_delegation_approval"),
    path("delegations/<str:path>/leaders/<int:pk>/", office_delegations.leader, name="office_delegation_leader"),
    path("delegations/<str:path>/sheets/", delegations(sheets.sheets), name="delegation_sheets"),
    path("delegations/<str:path>/sheets.pdf", delegations(sheets.document), name="delegation_document"),
    path("delegations/<str:path>/share/", delegations(sheets.share), name="delegation_share"),
]
