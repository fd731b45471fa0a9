import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('exhibitors', '0001_squashed_0004_sectors_of_the_fair'),
        ('organisations', '0001_squashed_0006_found_by'),
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
        ('visitors', '0001_squashed_0008_found_by'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Deal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=30)),
                    ('kind', models.CharField(choices=[('goods', 'goods'), ('services', 'services'), ('technology', 'technology')], default='goods', max_length=10)),
                    ('amount', models.DecimalField(decimal_places=2, help_text='on a one-year basis', max_digits=20)),
                    ('signed', models.DateField(help_text='the day whose reference rate converts it')),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('exhibitor_confirmed', models.DateTimeField(blank=True, null=True)),
                    ('buyer_confirmed', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn', models.DateTimeField(blank=True, null=True)),
                    ('buyer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='visitors.visitingunit')),
                    ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.currency')),
                    ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='visitors.delegation')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deals', to='editions.edition')),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deals', to='exhibitors.exhibitor')),
                    ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                ],
                options={
                    'ordering': ['edition', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_deal_per_number'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='deal_amount_above_zero')],
                },
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('sha256', models.CharField(blank=True, max_length=64)),
                    ('added', models.DateTimeField()),
                    ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('deal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='deals.deal')),
                ],
                options={
                    'verbose_name_plural': 'evidence',
                    'constraints': [models.UniqueConstraint(fields=('deal', 'name'), name='one_evidence_per_name')],
                },
            ),
            migrations.CreateModel(
                name='Investment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('first_year', models.PositiveSmallIntegerField()),
                    ('last_year', models.PositiveSmallIntegerField()),
                    ('amount', models.DecimalField(decimal_places=2, max_digits=20)),
                    ('announced', models.DateField(help_text='the day whose reference rate converts it')),
                    ('confirmed', models.DateTimeField(blank=True, null=True)),
                    ('source', models.CharField(blank=True, max_length=300)),
                    ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.currency')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='investments', to='organisations.organisation')),
                ],
                options={
                    'ordering': ['-announced'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='investment_years_in_order')],
                },
            ),
        ]),
    ]
