import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('organisations', '0001_squashed_0006_found_by'),
        ('visitors', '0001_squashed_0008_found_by'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('contact', 'contact of an organisation'), ('colleague', 'colleague'), ('visitor', 'visitor'), ('staff', "organiser's staff")], max_length=10)),
                    ('address', models.EmailField(max_length=254)),
                    ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('manages', 'manages the organisation, its applications and its people'), ('catalogue', 'looks after the catalogue'), ('meetings', 'arranges meetings'), ('deals', 'records and confirms deals'), ('leads', 'collects leads')], max_length=10), blank=True, default=list, size=None)),
                    ('staff_role', models.CharField(blank=True, choices=[('owner', 'owner: everything, and who works here'), ('reviewer', 'reviewer: applications and contracts'), ('halls', 'halls: stands, plans, allocation'), ('registration', 'registration: visitors, claims, invitations'), ('gate', 'gate: badges and entries'), ('meetings', 'meetings: slots, timetable, suggestions'), ('finance', 'finance: fees, deals, investments'), ('statistics', 'statistics: figures and the bulletin'), ('auditor', 'auditor: reads everything, changes nothing')], max_length=12)),
                    ('area', models.SlugField(blank=True, max_length=40)),
                    ('token_hash', models.CharField(max_length=64, unique=True)),
                    ('sent', models.DateTimeField()),
                    ('expires', models.DateTimeField()),
                    ('accepted', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn', models.DateTimeField(blank=True, null=True)),
                    ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='editions.fair')),
                    ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organisations.organisation')),
                    ('visitor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='visitors.visitor')),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('address'), models.F('kind'), models.F('fair'), models.F('organisation'), models.F('visitor'), models.F('staff_role'), models.F('area'), condition=models.Q(('accepted', None), ('withdrawn', None)), name='one_open_invitation_per_address', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['contact', 'colleague']), ('organisation__isnull', False), ('visitor', None)), models.Q(('kind', 'visitor'), ('organisation', None), ('visitor__isnull', False)), models.Q(('kind', 'staff'), ('organisation', None), ('visitor', None), models.Q(('staff_role', ''), _negated=True)), _connector='OR'), name='invitation_leads_somewhere')],
                },
            ),
        ]),
    ]
