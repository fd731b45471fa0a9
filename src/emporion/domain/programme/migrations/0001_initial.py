import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_squashed_0004_sectors_of_the_fair'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('organisations', '0001_squashed_0006_found_by'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20)),
                    ('kind', models.CharField(choices=[('forum', 'forum'), ('supporting', 'supporting event'), ('launch', 'product launch'), ('signing', 'signing ceremony')], max_length=10)),
                    ('title_en', models.CharField(max_length=200)),
                    ('title_zh', models.CharField(max_length=200)),
                    ('starts', models.DateTimeField()),
                    ('ends', models.DateTimeField()),
                    ('place_en', models.CharField(blank=True, max_length=100)),
                    ('place_zh', models.CharField(blank=True, max_length=100)),
                    ('debut', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='catalogue.debut')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='editions.edition')),
                    ('hall', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='editions.hall')),
                    ('host', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='organisations.organisation')),
                ],
                options={
                    'ordering': ['starts', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_session_per_number'), models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts'))), name='session_ends_after_it_starts')],
                },
            ),
            migrations.CreateModel(
                name='Speaker',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=150)),
                    ('position', models.CharField(blank=True, max_length=150)),
                    ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='speakers', to='programme.session')),
                ],
            ),
        ]),
    ]
