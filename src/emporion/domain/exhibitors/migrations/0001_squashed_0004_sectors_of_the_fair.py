import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('exhibitors', '0001_initial'), ('exhibitors', '0002_application_buyers_wanted_and_more'), ('exhibitors', '0003_area_m2'), ('exhibitors', '0004_sectors_of_the_fair')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('organisations', '0001_squashed_0006_found_by'),
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Pavilion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20)),
                    ('name_en', models.CharField(max_length=150)),
                    ('name_zh', models.CharField(max_length=150)),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='editions.exhibitionarea')),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pavilions', to='editions.edition')),
                    ('international', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.internationalorganisation')),
                ],
                options={
                    'ordering': ['edition', 'code'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'code'), name='one_pavilion_per_code')],
                },
            ),
            migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('joint_stand', models.CharField(blank=True, help_text='applications with the same code share one stand, each with its contract', max_length=20)),
                    ('stand', models.CharField(choices=[('standard', 'standard booth'), ('raw', 'raw space for a special-built booth')], default='standard', max_length=10)),
                    ('area_m2', models.PositiveIntegerField(default=0)),
                    ('open_sides', models.PositiveSmallIntegerField(default=1, help_text='1 row, 2 corner, 3 peninsula, 4 island')),
                    ('asks_free_booth', models.BooleanField(default=False)),
                    ('contact_email', models.EmailField(blank=True, max_length=254)),
                    ('buyers_wanted', models.TextField(blank=True, help_text='whom it wants to meet, in its own words', max_length=500)),
                    ('least_purchases', models.PositiveSmallIntegerField(default=0, help_text='the smallest purchasing size it wants to meet, as of visiting units; 0: any')),
                    ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('approved', 'approved'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn'), ('contracted', 'contract signed')], default='draft', max_length=12)),
                    ('submitted', models.DateTimeField(blank=True, null=True)),
                    ('reviewed', models.DateTimeField(blank=True, null=True)),
                    ('reason', models.TextField(blank=True, help_text='told to the applicant when rejected')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='editions.exhibitionarea')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='applications', to='editions.edition')),
                    ('main', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_applications', to='exhibitors.application')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='organisations.organisation')),
                    ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='editions.sector')),
                    ('pavilion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='exhibitors.pavilion')),
                ],
                options={
                    'ordering': ['edition', 'id'],
                    'indexes': [models.Index(fields=['edition', 'state'], name='exhibitors__edition_f0d4bd_idx')],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'organisation'), name='already_applied')],
                },
            ),
            migrations.CreateModel(
                name='Exhibitor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='contract number, as 06-00123', max_length=20)),
                    ('scope', models.CharField(choices=[('country', 'country exhibition'), ('enterprise', 'enterprise exhibition')], max_length=12)),
                    ('signed', models.DateField()),
                    ('fee', models.DecimalField(decimal_places=2, default=0, max_digits=14)),
                    ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exhibitor', to='exhibitors.application')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibitors', to='editions.exhibitionarea')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exhibitors', to='editions.edition')),
                    ('fee_currency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.currency')),
                    ('main', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='co_exhibitors', to='exhibitors.exhibitor')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibitors', to='organisations.organisation')),
                    ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='editions.sector')),
                    ('pavilion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exhibitors', to='exhibitors.pavilion')),
                ],
                options={
                    'ordering': ['edition', 'number'],
                    'indexes': [models.Index(fields=['edition', 'area'], name='exhibitors__edition_41c5b7_idx'), models.Index(fields=['edition', 'origin'], name='exhibitors__edition_a955c7_idx')],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'organisation'), name='one_exhibitor_per_organisation'), models.UniqueConstraint(fields=('edition', 'number'), name='one_exhibitor_per_number')],
                },
            ),
        ]),
    ]
