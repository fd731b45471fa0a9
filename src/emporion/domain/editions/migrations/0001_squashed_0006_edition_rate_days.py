import django.core.validators
import django.db.models.deletion
import emporion.domain.editions.models
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('editions', '0001_initial'), ('editions', '0002_fair'), ('editions', '0003_figures_in_the_editions_currency'), ('editions', '0004_sectors'), ('editions', '0005_free_booths_of_the_market'), ('editions', '0006_edition_rate_days')]

    initial = True

    dependencies = [
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Venue',
                fields=[
                    ('code', models.SlugField(max_length=20, primary_key=True, serialize=False)),
                    ('name_en', models.CharField(max_length=150)),
                    ('name_zh', models.CharField(blank=True, max_length=150)),
                    ('city_en', models.CharField(max_length=100)),
                    ('city_zh', models.CharField(blank=True, max_length=100)),
                    ('time_zone', models.CharField(help_text='as in Africa/Accra', max_length=50, validators=[emporion.domain.editions.models.validate_time_zone])),
                ],
            ),
            migrations.CreateModel(
                name='Fair',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=40, unique=True, validators=[emporion.domain.editions.models.validate_slug])),
                    ('name_en', models.CharField(max_length=150)),
                    ('name_zh', models.CharField(blank=True, max_length=150)),
                    ('organiser_en', models.CharField(blank=True, max_length=150)),
                    ('organiser_zh', models.CharField(blank=True, max_length=150)),
                    ('languages', models.JSONField(default=emporion.domain.editions.models.default_languages, validators=[emporion.domain.editions.models.validate_languages])),
                    ('website', models.URLField(blank=True)),
                    ('sender_name', models.CharField(blank=True, help_text='whose name stands on messages', max_length=150)),
                    ('sender_email', models.EmailField(blank=True, max_length=254)),
                    ('reply_to', models.EmailField(blank=True, max_length=254)),
                    ('colour', models.CharField(blank=True, help_text='as in #0b6e6e', max_length=7, validators=[emporion.domain.editions.models.validate_colour])),
                    ('logo', models.FileField(blank=True, upload_to='fairs')),
                    ('host', models.ForeignKey(help_text='the market that goods are to enter', on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                ],
                options={
                    'ordering': ['slug'],
                },
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                    ('name_en', models.CharField(max_length=150)),
                    ('name_zh', models.CharField(blank=True, max_length=150)),
                    ('first_day', models.DateField()),
                    ('last_day', models.DateField()),
                    ('current', models.BooleanField(default=False, help_text='the edition that the public site shows')),
                    ('free_booth_quota', models.PositiveSmallIntegerField(default=0, help_text='how many are granted; who gets one, and its size, is a rule of the host market')),
                    ('rate_days', models.PositiveSmallIntegerField(default=10, help_text='for how many days a reference rate still counts after its own', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(366)])),
                    ('currency', models.ForeignKey(help_text='in which the bulletin adds up', on_delete=django.db.models.deletion.PROTECT, to='reference.currency')),
                    ('fair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='editions.fair')),
                    ('venue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='editions.venue')),
                ],
                options={
                    'ordering': ['fair', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('fair', 'number'), name='one_edition_per_number'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('fair',), name='one_current_edition'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='edition_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Sector',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40)),
                    ('number', models.PositiveSmallIntegerField(help_text='order in lists')),
                    ('name_en', models.CharField(max_length=100)),
                    ('name_zh', models.CharField(blank=True, max_length=100)),
                    ('focus', models.BooleanField(default=False, help_text='reported edition over edition')),
                    ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sectors', to='editions.fair')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='editions.sector')),
                ],
                options={
                    'ordering': ['fair', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('fair', 'code'), name='one_sector_per_code'), models.UniqueConstraint(fields=('fair', 'number'), name='one_sector_per_number')],
                },
            ),
            migrations.CreateModel(
                name='ExhibitionArea',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.SlugField(max_length=40)),
                    ('number', models.PositiveSmallIntegerField(help_text='order and tint on the plans, 1 to 8')),
                    ('name_en', models.CharField(max_length=100)),
                    ('name_zh', models.CharField(blank=True, max_length=100)),
                    ('scope', models.CharField(choices=[('country', 'country exhibition'), ('enterprise', 'enterprise exhibition')], max_length=12)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='editions.edition')),
                    ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='editions.sector')),
                ],
                options={
                    'ordering': ['edition', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'code'), name='one_area_per_code')],
                },
            ),
            migrations.CreateModel(
                name='Hall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=10)),
                    ('width_modules', models.PositiveSmallIntegerField()),
                    ('depth_modules', models.PositiveSmallIntegerField()),
                    ('gross_area_m2', models.PositiveIntegerField(help_text='contracted gross area, aisles included')),
                    ('indoor', models.BooleanField(default=True)),
                    ('obstacles', models.JSONField(blank=True, default=list)),
                    ('exits', models.JSONField(blank=True, default=list)),
                    ('areas', models.ManyToManyField(blank=True, related_name='halls', to='editions.exhibitionarea')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='halls', to='editions.edition')),
                ],
                options={
                    'ordering': ['edition', 'code'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'code'), name='one_hall_per_code')],
                },
            ),
            migrations.CreateModel(
                name='Phase',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('application', 'exhibitors apply'), ('review', 'applications are reviewed'), ('contract', 'contracts are signed'), ('allocation', 'booths are allocated'), ('registration', 'visitors register'), ('matching', 'suggestions are made'), ('meeting', 'meetings are requested and answered'), ('show', 'the show is open'), ('deal', 'deals are recorded and confirmed')], max_length=12)),
                    ('opens', models.DateTimeField()),
                    ('closes', models.DateTimeField()),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='editions.edition')),
                ],
                options={
                    'ordering': ['edition', 'opens'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'kind'), name='one_phase_per_kind'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='phase_opens_before_it_closes')],
                },
            ),
            migrations.CreateModel(
                name='PublishedFigure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('figure', models.CharField(max_length=60)),
                    ('scope', models.CharField(max_length=60)),
                    ('value', models.DecimalField(decimal_places=4, max_digits=20)),
                    ('unit', models.CharField(max_length=30)),
                    ('qualifier', models.CharField(blank=True, max_length=10)),
                    ('source', models.CharField(max_length=300)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='published_figures', to='editions.edition')),
                ],
                options={
                    'ordering': ['figure', 'edition'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'figure', 'scope'), name='one_published_figure_per_scope')],
                },
            ),
        ]),
    ]
