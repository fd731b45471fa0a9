

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


# Of registrations of one edition that share an address the first keeps it: the others are known by their number, and
# the desk finds them by name and unit.
ONE_ADDRESS = """
UPDATE visitors_visitor v SET email = '' FROM (
    SELECT id, min(id) OVER (PARTITION BY edition_id, lower(email)) AS first FROM visitors_visitor WHERE email <> ''
) shared
WHERE v.id = shared.id AND shared.first < shared.id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0002_fair'),
        ('reference', '0002_loaded_file'),
        ('visitors', '0004_one_visit_per_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LikelyVisitorDuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('name_and_unit', 'the same name, from the same unit'), ('name_and_phone', 'the same name and telephone number')], max_length=20)),
                ('decision', models.CharField(choices=[('open', 'to be decided'), ('different', 'two people')], default='open', max_length=10)),
                ('decided', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='visitor',
            name='document',
            field=models.CharField(blank=True, help_text='number of the identity document, in capitals and without spaces', max_length=30),
        ),
        migrations.RunSQL(ONE_ADDRESS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='visitor',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('edition'), condition=models.Q(('email', ''), _negated=True), name='one_visitor_per_address'),
        ),
        migrations.AddConstraint(
            model_name='visitor',
            constraint=models.UniqueConstraint(condition=models.Q(('document', ''), _negated=True), fields=('document', 'country', 'edition'), name='one_visitor_per_document'),
        ),
        migrations.AddField(
            model_name='likelyvisitorduplicate',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='likelyvisitorduplicate',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='editions.edition'),
        ),
        migrations.AddField(
            model_name='likelyvisitorduplicate',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visitors.visitor'),
        ),
        migrations.AddField(
            model_name='likelyvisitorduplicate',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visitors.visitor'),
        ),
        migrations.AddConstraint(
            model_name='likelyvisitorduplicate',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='one_likely_duplicate_per_visitors'),
        ),
    ]
