import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import emporion.domain.name_terms
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('visitors', '0001_initial'), ('visitors', '0002_delegation_quota'), ('visitors', '0003_edition_without_own_index'), ('visitors', '0004_one_visit_per_edition'), ('visitors', '0005_one_person'), ('visitors', '0006_sectors_of_the_fair'), ('visitors', '0007_latin_names'), ('visitors', '0008_found_by')]

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
                name='Delegation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('path', models.CharField(max_length=60)),
                    ('name_en', models.CharField(max_length=150)),
                    ('name_zh', models.CharField(max_length=150)),
                    ('remit', django.contrib.postgres.fields.ArrayField(base_field=models.SlugField(max_length=40), blank=True, default=list, help_text='sectors it buys in', size=None)),
                    ('quota', models.PositiveIntegerField(blank=True, help_text='how many people may register, its sub-groups included; empty: any number', null=True)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='editions.edition')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sub_groups', to='visitors.delegation')),
                ],
                options={
                    'ordering': ['edition', 'path'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'path'), name='one_delegation_per_path')],
                },
            ),
            migrations.CreateModel(
                name='VisitingUnit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('purchasing_size', models.PositiveSmallIntegerField(default=0, help_text='yearly imports, 0 not stated, 1 under USD 1 million … 5 over USD 1 billion')),
                    ('state', models.CharField(choices=[('registered', 'registered'), ('approved', 'approved'), ('rejected', 'rejected')], default='registered', max_length=10)),
                    ('registered', models.DateTimeField()),
                    ('decided', models.DateTimeField(blank=True, null=True)),
                    ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visiting_units', to='visitors.delegation')),
                    ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='visiting_units', to='editions.edition')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visiting_units', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('edition', 'organisation'), name='one_unit_per_organisation')],
                },
            ),
            migrations.CreateModel(
                name='PurchaseNeed',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='number of the need, unique in its unit', max_length=30)),
                    ('text', models.TextField()),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True)),
                    ('currency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.currency')),
                    ('hs', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.hscode')),
                    ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='editions.sector')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='visitors.visitingunit')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('unit', 'number'), name='one_need_per_number')],
                },
            ),
            migrations.CreateModel(
                name='Visitor',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='registration number, as V06-0000123', max_length=20)),
                    ('name', models.CharField(max_length=150)),
                    ('name_latin', models.CharField(blank=True, help_text='a name in Chinese, as the passport has it', max_length=150)),
                    ('found_by', emporion.domain.name_terms.NameTerms('name', 'name_latin', editable=False, null=True)),
                    ('email', models.EmailField(blank=True, max_length=254)),
                    ('phone', models.CharField(blank=True, max_length=30)),
                    ('document', models.CharField(blank=True, help_text='number of the identity document, in capitals and without spaces', max_length=30)),
                    ('position', models.CharField(blank=True, max_length=100)),
                    ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='numbers of sectors of interest', size=None)),
                    ('hs_headings', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=6), blank=True, default=list, size=None)),
                    ('state', models.CharField(choices=[('registered', 'registered'), ('approved', 'approved'), ('rejected', 'rejected'), ('cancelled', 'cancelled')], default='registered', max_length=10)),
                    ('registered', models.DateTimeField()),
                    ('decided', models.DateTimeField(blank=True, null=True)),
                    ('country', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='visitors', to='editions.edition')),
                    ('unit', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='visitors', to='visitors.visitingunit')),
                    ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='visits', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'indexes': [models.Index(fields=['unit'], name='visitors_vi_unit_id_58a1eb_idx'), django.contrib.postgres.indexes.GinIndex(fields=['found_by'], name='visitor_found_by')],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_visitor_per_number'), models.UniqueConstraint(condition=models.Q(('user__isnull', False)), fields=('user', 'edition'), name='one_visitor_per_person'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), models.F('edition'), condition=models.Q(('email', ''), _negated=True), name='one_visitor_per_address'), models.UniqueConstraint(condition=models.Q(('document', ''), _negated=True), fields=('document', 'country', 'edition'), name='one_visitor_per_document')],
                },
            ),
            migrations.CreateModel(
                name='LikelyVisitorDuplicate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('name_and_unit', 'the same name, from the same unit'), ('name_and_phone', 'the same name and telephone number')], max_length=20)),
                    ('decision', models.CharField(choices=[('open', 'to be decided'), ('different', 'two people')], default='open', max_length=10)),
                    ('decided', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='editions.edition')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visitors.visitor')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='visitors.visitor')),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='one_likely_duplicate_per_visitors')],
                },
            ),
        ]),
    ]
