import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('booths', '0001_initial'), ('booths', '0002_reasons')]

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('exhibitors', '0001_squashed_0004_sectors_of_the_fair'),
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='AllocationRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('finished', models.DateTimeField()),
                    ('seed', models.BigIntegerField()),
                    ('objective', models.FloatField()),
                    ('bound', models.FloatField()),
                    ('stopped', models.CharField(max_length=200)),
                    ('aisles', models.JSONField(default=dict, help_text='by hall code: [x, y, width, depth] in metres')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allocation_runs', to='editions.edition')),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='FreeBoothGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('granted', models.DateField()),
                    ('area_m2', models.PositiveSmallIntegerField()),
                    ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('exhibitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='free_booth', to='exhibitors.exhibitor')),
                ],
            ),
            migrations.CreateModel(
                name='Stand',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='unique in the edition, as 4.1-A012', max_length=20)),
                    ('kind', models.CharField(choices=[('standard', 'standard booth'), ('special', 'special-built booth')], max_length=10)),
                    ('x', models.FloatField()),
                    ('y', models.FloatField()),
                    ('width', models.FloatField()),
                    ('depth', models.FloatField()),
                    ('area_m2', models.PositiveIntegerField(help_text='net area')),
                    ('open_sides', models.PositiveSmallIntegerField()),
                    ('free', models.BooleanField(default=False, help_text='granted free of charge')),
                    ('locked', models.BooleanField(default=False, help_text='stays where it is when halls are allocated again')),
                    ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands', to='editions.exhibitionarea')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stands', to='editions.edition')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands', to='editions.hall')),
                    ('pavilion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='stands', to='exhibitors.pavilion')),
                ],
                options={
                    'ordering': ['edition', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_stand_per_number')],
                },
            ),
            migrations.CreateModel(
                name='Occupancy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('area_m2', models.PositiveIntegerField(default=0)),
                    ('exhibitor', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='occupancy', to='exhibitors.exhibitor')),
                    ('stand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupancies', to='booths.stand')),
                ],
                options={
                    'verbose_name_plural': 'occupancies',
                },
            ),
            migrations.CreateModel(
                name='Unplaced',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.JSONField()),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='exhibitors.exhibitor')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unplaced', to='booths.allocationrun')),
                ],
            ),
        ]),
    ]
