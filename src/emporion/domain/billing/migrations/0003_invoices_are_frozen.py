from django.db import migrations

# An invoice that is issued is never changed or removed, whoever asks: a credit note corrects it.
FREEZE = """
CREATE FUNCTION billing_invoice_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An invoice that is issued is frozen: credit it and issue another.';
END $$;
CREATE TRIGGER billing_invoice_is_frozen BEFORE UPDATE OR DELETE ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_invoice_is_frozen();
CREATE TRIGGER billing_invoicedue_is_frozen BEFORE UPDATE OR DELETE ON billing_invoicedue
    FOR EACH ROW EXECUTE FUNCTION billing_invoice_is_frozen();
"""
THAW = """
DROP TRIGGER billing_invoicedue_is_frozen ON billing_invoicedue;
DROP TRIGGER billing_invoice_is_frozen ON billing_invoice;
DROP FUNCTION billing_invoice_is_frozen();
"""


class Migration(migrations.Migration):

    dependencies = [("billing", "0002_contracts_and_invoices")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
