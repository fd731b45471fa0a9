import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import emporion.domain.name_terms
import emporion.domain.organisations.models
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('organisations', '0001_initial'), ('organisations', '0002_aliases_and_recognition'), ('organisations', '0003_roles_and_claims'), ('organisations', '0004_sectors_of_the_fair'), ('organisations', '0005_statement_of_the_desk'), ('organisations', '0006_found_by')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('enterprise', 'enterprise'), ('country', 'country or region'), ('international', 'international organisation'), ('institution', 'institution')], default='enterprise', max_length=14)),
                    ('name', models.CharField(help_text='as registered, in Latin letters or in Chinese', max_length=200)),
                    ('name_zh', models.CharField(blank=True, max_length=200)),
                    ('name_key', models.CharField(help_text='the name normalised, by which it is recognised', max_length=200)),
                    ('registered_number', models.CharField(blank=True, help_text="number in its country's register, e.g. unified social credit code", max_length=40)),
                    ('ownership', models.CharField(blank=True, choices=[('state', 'state-owned'), ('private', 'private'), ('foreign', 'foreign-invested'), ('institution', 'public institution'), ('', 'not stated')], max_length=12)),
                    ('website', models.URLField(blank=True)),
                    ('about_en', models.TextField(blank=True)),
                    ('about_zh', models.TextField(blank=True)),
                    ('found_by', emporion.domain.name_terms.NameTerms('name', 'name_zh', editable=False, null=True)),
                    ('country', models.ForeignKey(blank=True, help_text='empty for international organisations', null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('international', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.internationalorganisation')),
                ],
                options={
                    'ordering': ['name'],
                    'indexes': [models.Index(fields=['name_key'], name='organisatio_name_ke_dbbb82_idx'), models.Index(fields=['registered_number'], name='organisatio_registe_bff287_idx'), django.contrib.postgres.indexes.GinIndex(fields=['found_by'], name='organisation_found_by')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('registered_number', ''), _negated=True), fields=('country', 'registered_number'), name='one_organisation_per_registered_number', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('registered_number', '')), fields=('country', 'name_key'), name='one_unnumbered_organisation_per_name', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='LikelyDuplicate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('why', models.CharField(max_length=200)),
                    ('decision', models.CharField(choices=[('open', 'to be decided'), ('same', 'the same organisation'), ('different', 'two organisations')], default='open', max_length=10)),
                    ('decided', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                    ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation')),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='one_likely_duplicate_per_pair')],
                },
            ),
            migrations.CreateModel(
                name='EarlierParticipation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area_m2', models.PositiveIntegerField(blank=True, null=True)),
                    ('source', models.CharField(blank=True, max_length=200)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_participations', to='editions.edition')),
                    ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='editions.sector')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_participations', to='organisations.organisation')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'edition'), name='one_participation_per_edition')],
                },
            ),
            migrations.CreateModel(
                name='Alias',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('registered_number', models.CharField(blank=True, max_length=40)),
                    ('name_key', models.CharField(blank=True, max_length=200)),
                    ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='organisations.organisation')),
                ],
                options={
                    'verbose_name_plural': 'aliases',
                    'constraints': [models.UniqueConstraint(fields=('country', 'registered_number', 'name_key'), name='one_alias_per_name', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='OrganisationClaim',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.CharField(blank=True, max_length=100)),
                    ('evidence', models.TextField(help_text='how the person shows that they act for it', max_length=2000)),
                    ('state', models.CharField(choices=[('open', 'waits for a decision'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=10)),
                    ('reason', models.TextField(blank=True, help_text='sent to the person when the claim is declined')),
                    ('statement', models.TextField(blank=True, help_text='how the desk checked the claim', max_length=2000)),
                    ('made', models.DateTimeField()),
                    ('decided', models.DateTimeField(blank=True, null=True)),
                    ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('fair', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='editions.fair')),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='organisations.organisation')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ['id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'user'), name='one_open_claim_per_person')],
                },
            ),
            migrations.CreateModel(
                name='Representative',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.CharField(blank=True, max_length=100)),
                    ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('manages', 'manages the organisation, its applications and its people'), ('catalogue', 'looks after the catalogue'), ('meetings', 'arranges meetings'), ('deals', 'records and confirms deals'), ('leads', 'collects leads')], max_length=10), default=emporion.domain.organisations.models.managing, size=None)),
                    ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='representatives', to='organisations.organisation')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='represents', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='one_representation_per_person'), models.CheckConstraint(condition=models.Q(('roles__len__gt', 0), ('roles__contained_by', ['manages', 'catalogue', 'meetings', 'deals', 'leads'])), name='representative_has_known_roles')],
                },
            ),
        ]),
    ]
