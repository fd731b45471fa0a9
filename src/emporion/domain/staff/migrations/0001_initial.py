import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='StaffRole',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('owner', 'owner: everything, and who works here'), ('reviewer', 'reviewer: applications and contracts'), ('halls', 'halls: stands, plans, allocation'), ('registration', 'registration: visitors, claims, invitations'), ('gate', 'gate: badges and entries'), ('meetings', 'meetings: slots, timetable, suggestions'), ('finance', 'finance: fees, deals, investments'), ('statistics', 'statistics: figures and the bulletin'), ('auditor', 'auditor: reads everything, changes nothing')], max_length=12)),
                    ('area', models.SlugField(blank=True, help_text='code of the area a reviewer is limited to', max_length=40)),
                    ('granted', models.DateTimeField()),
                    ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_roles', to='editions.fair')),
                    ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='staff_roles', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['fair', 'user', 'role', 'area'],
                    'constraints': [models.UniqueConstraint(fields=('user', 'fair', 'role', 'area'), name='one_staff_role_per_person'), models.CheckConstraint(condition=models.Q(('area', ''), ('role', 'reviewer'), _connector='OR'), name='only_reviewers_have_an_area')],
                },
            ),
        ]),
    ]
