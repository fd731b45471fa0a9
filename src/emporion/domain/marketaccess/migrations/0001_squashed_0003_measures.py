import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('marketaccess', '0001_initial'), ('marketaccess', '0002_exhibit_rules'), ('marketaccess', '0003_measures')]

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('organisations', '0001_squashed_0006_found_by'),
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Exhibit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hs', models.CharField(max_length=12)),
                    ('description', models.CharField(max_length=200)),
                    ('pieces', models.PositiveIntegerField()),
                    ('value_usd', models.DecimalField(decimal_places=2, help_text='customs value of all pieces', max_digits=14)),
                    ('admitted_on', models.DateField()),
                    ('extensions', models.PositiveSmallIntegerField(default=0)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='editions.edition')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='organisations.organisation')),
                ],
                options={
                    'ordering': ['edition', 'organisation', 'admitted_on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('pieces__gt', 0)), name='exhibit_has_pieces')],
                },
            ),
            migrations.CreateModel(
                name='ExhibitOutcome',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('sold_free', 'sold at the fair, free of duty within the quota'), ('sold_taxed', 'sold, duty paid'), ('returned', 're-exported'), ('used_up', 'used up at the fair')], max_length=10)),
                    ('pieces', models.PositiveIntegerField()),
                    ('value_usd', models.DecimalField(decimal_places=2, max_digits=14)),
                    ('category', models.CharField(blank=True, help_text='of the quota, where sold free of duty', max_length=30)),
                    ('on', models.DateField()),
                    ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='marketaccess.exhibit')),
                ],
                options={
                    'ordering': ['on', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('pieces__gt', 0)), name='outcome_has_pieces')],
                },
            ),
            migrations.CreateModel(
                name='ExhibitQuota',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('category', models.CharField(max_length=30)),
                    ('name', models.CharField(max_length=200)),
                    ('prefixes', models.CharField(blank=True, max_length=300)),
                    ('pieces', models.PositiveIntegerField(null=True)),
                    ('value_usd', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                    ('source', models.CharField(max_length=300)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exhibit_quotas', to='editions.edition')),
                ],
                options={
                    'ordering': ['edition', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'category'), name='one_exhibit_quota_per_category'), models.CheckConstraint(condition=models.Q(('pieces__isnull', False), ('value_usd__isnull', False), _connector='OR'), name='exhibit_quota_has_a_bound')],
                },
            ),
            migrations.CreateModel(
                name='ExhibitStay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('months', models.PositiveSmallIntegerField()),
                    ('extension_months', models.PositiveSmallIntegerField()),
                    ('extensions', models.PositiveSmallIntegerField()),
                    ('source', models.CharField(max_length=300)),
                    ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='exhibit_stay', to='editions.edition')),
                ],
                options={
                    'ordering': ['edition'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('months__gt', 0)), name='exhibit_stay_has_months')],
                },
            ),
            migrations.CreateModel(
                name='LoadedMeasure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=30)),
                    ('goods', models.CharField(blank=True, help_text='the digits with which their codes begin', max_length=13)),
                    ('origins', models.TextField(blank=True, help_text='two letters each, with blanks between them')),
                    ('rate', models.CharField(help_text='Free where no duty of the kind is levied', max_length=200)),
                    ('starts', models.DateField(null=True)),
                    ('ends', models.DateField(help_text='the first day on which it is no longer levied', null=True)),
                    ('title', models.CharField(max_length=300)),
                    ('citation', models.CharField(max_length=500)),
                    ('exporter', models.CharField(blank=True, max_length=200)),
                    ('importer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                ],
                options={
                    'ordering': ['importer', 'kind', 'goods', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('importer', 'kind', 'goods', 'origins', 'exporter', 'title', 'starts'), name='one_measure_of_its_days')],
                },
            ),
            migrations.CreateModel(
                name='LoadedSchedule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=200)),
                    ('as_of', models.DateField(help_text='the day whose law the schedule states')),
                    ('starts', models.DateField()),
                    ('ends', models.DateField(help_text='the first day for which it no longer answers')),
                    ('currency', models.CharField(max_length=3)),
                    ('complete', models.BooleanField(help_text='not an excerpt')),
                    ('source', models.CharField(max_length=300)),
                    ('licence', models.CharField(blank=True, max_length=200)),
                    ('shape', models.CharField(max_length=30)),
                    ('sha256', models.CharField(help_text='of the plain form', max_length=64)),
                    ('lines', models.PositiveIntegerField()),
                    ('content', models.BinaryField(help_text='the plain form, xz')),
                    ('agreements', models.TextField(blank=True)),
                    ('parties', models.TextField(blank=True)),
                    ('loaded_at', models.DateTimeField()),
                    ('importer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                ],
                options={
                    'ordering': ['importer', '-as_of'],
                    'constraints': [models.UniqueConstraint(fields=('importer', 'as_of'), name='one_schedule_per_importer_and_day'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='schedule_days_in_order')],
                },
            ),
        ]),
    ]
