import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('reference', '0001_initial'), ('reference', '0002_loaded_file'), ('reference', '0003_no_sectors'), ('reference', '0004_rate_source_and_pegs')]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Currency',
                fields=[
                    ('code', models.CharField(max_length=3, primary_key=True, serialize=False)),
                    ('name_en', models.CharField(max_length=100)),
                    ('name_zh', models.CharField(blank=True, max_length=100)),
                ],
                options={
                    'verbose_name_plural': 'currencies',
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='InternationalOrganisation',
                fields=[
                    ('code', models.CharField(max_length=12, primary_key=True, serialize=False)),
                    ('name_en', models.CharField(max_length=150)),
                    ('name_zh', models.CharField(max_length=150)),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='LoadedFile',
                fields=[
                    ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                    ('sha256', models.CharField(max_length=64)),
                    ('rows', models.PositiveIntegerField()),
                ],
                options={
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='HSCode',
                fields=[
                    ('code', models.CharField(max_length=6, primary_key=True, serialize=False)),
                    ('level', models.PositiveSmallIntegerField()),
                    ('section', models.CharField(max_length=5)),
                    ('title_en', models.TextField()),
                    ('title_zh', models.TextField(blank=True, help_text='official for chapters, translated for headings and subheadings')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.hscode')),
                ],
                options={
                    'verbose_name': 'HS code',
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='Region',
                fields=[
                    ('code', models.CharField(help_text='M49 code', max_length=3, primary_key=True, serialize=False)),
                    ('name_en', models.CharField(max_length=100)),
                    ('name_zh', models.CharField(blank=True, max_length=100)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.region')),
                ],
                options={
                    'ordering': ['code'],
                },
            ),
            migrations.CreateModel(
                name='Country',
                fields=[
                    ('iso2', models.CharField(max_length=2, primary_key=True, serialize=False)),
                    ('iso3', models.CharField(max_length=3, unique=True)),
                    ('numeric', models.CharField(max_length=3, unique=True)),
                    ('name_en', models.CharField(max_length=100)),
                    ('name_zh', models.CharField(max_length=100)),
                    ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.region')),
                ],
                options={
                    'verbose_name_plural': 'countries',
                    'ordering': ['name_en'],
                },
            ),
            migrations.CreateModel(
                name='CurrencyPeg',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('rate', models.DecimalField(decimal_places=6, max_digits=18)),
                    ('starts', models.DateField()),
                    ('ends', models.DateField(blank=True, help_text='first day on which it is fixed no longer', null=True)),
                    ('verified', models.BooleanField(default=True)),
                    ('source', models.CharField(max_length=300)),
                    ('anchor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reference.currency')),
                    ('currency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pegs', to='reference.currency')),
                ],
                options={
                    'ordering': ['currency', 'starts'],
                    'constraints': [models.UniqueConstraint(fields=('currency', 'starts'), name='one_peg_per_currency_and_day')],
                },
            ),
            migrations.CreateModel(
                name='GroupMembership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('group', models.CharField(max_length=40)),
                    ('starts', models.DateField(blank=True, null=True)),
                    ('ends', models.DateField(blank=True, help_text='first day on which it is no longer a member', null=True)),
                    ('verified', models.BooleanField(default=True)),
                    ('source', models.CharField(max_length=300)),
                    ('country', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='reference.country')),
                ],
                options={
                    'ordering': ['group', 'country'],
                    'constraints': [models.UniqueConstraint(fields=('group', 'country'), name='one_membership_per_group')],
                },
            ),
            migrations.CreateModel(
                name='ReferenceRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                    ('per_euro', models.DecimalField(decimal_places=6, max_digits=18)),
                    ('source', models.CharField(db_default='European Central Bank', max_length=200)),
                    ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.currency')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('currency', 'day'), name='one_rate_per_currency_and_day')],
                },
            ),
        ]),
    ]
