import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('matching', '0001_initial'), ('matching', '0002_places_and_marks'), ('matching', '0003_exhibitortexts_unittexts_textvector'), ('matching', '0004_decline_of_each_side'), ('matching', '0005_interest')]

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('exhibitors', '0001_squashed_0004_sectors_of_the_fair'),
        ('visitors', '0001_squashed_0008_found_by'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='ExhibitorTexts',
                fields=[
                    ('encoder', models.CharField(max_length=40)),
                    ('said', models.CharField(max_length=64)),
                    ('vector', models.BinaryField()),
                    ('exhibitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='texts', serialize=False, to='exhibitors.exhibitor')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='UnitTexts',
                fields=[
                    ('encoder', models.CharField(max_length=40)),
                    ('said', models.CharField(max_length=64)),
                    ('vector', models.BinaryField()),
                    ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='texts', serialize=False, to='visitors.visitingunit')),
                ],
                options={
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='MatchingRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('finished', models.DateTimeField()),
                    ('seed', models.BigIntegerField()),
                    ('objective', models.FloatField()),
                    ('bound', models.FloatField()),
                    ('stopped', models.CharField(max_length=200)),
                    ('current', models.BooleanField(default=False)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='matching_runs', to='editions.edition')),
                ],
                options={
                    'ordering': ['-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('current', True)), fields=('edition',), name='one_current_matching_run')],
                },
            ),
            migrations.CreateModel(
                name='ExhibitorSuggestions',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('visitors', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('scores', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                    ('price', models.FloatField(default=0)),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='exhibitors.exhibitor')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exhibitor_suggestions', to='matching.matchingrun')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('exhibitor', 'run'), name='one_exhibitor_list_per_run')],
                },
            ),
            migrations.CreateModel(
                name='TextVector',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('encoder', models.CharField(max_length=40)),
                    ('digest', models.CharField(max_length=64)),
                    ('vector', models.BinaryField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('encoder', 'digest'), name='one_vector_per_text')],
                },
            ),
            migrations.CreateModel(
                name='VisitorSuggestions',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('exhibitors', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                    ('scores', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=None)),
                    ('places', models.SmallIntegerField()),
                    ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='visitor_suggestions', to='matching.matchingrun')),
                    ('visitor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='suggestions', to='visitors.visitor')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('visitor', 'run'), name='one_visitor_list_per_run')],
                },
            ),
            migrations.CreateModel(
                name='Decline',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by_exhibitor', models.BooleanField()),
                    ('at', models.DateTimeField()),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='exhibitors.exhibitor')),
                    ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='visitors.visitor')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('visitor', 'exhibitor', 'by_exhibitor'), name='one_decline_per_side')],
                },
            ),
            migrations.CreateModel(
                name='Interest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by_exhibitor', models.BooleanField()),
                    ('at', models.DateTimeField()),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='exhibitors.exhibitor')),
                    ('visitor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='visitors.visitor')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('visitor', 'exhibitor', 'by_exhibitor'), name='one_interest_per_side')],
                },
            ),
            migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by_exhibitor', models.BooleanField()),
                    ('kind', models.CharField(choices=[('favourite', 'favourite'), ('hidden', 'hidden')], max_length=10)),
                    ('at', models.DateTimeField()),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='exhibitors.exhibitor')),
                    ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='visitors.visitor')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('visitor', 'exhibitor', 'by_exhibitor'), name='one_mark_per_side')],
                },
            ),
        ]),
    ]
