import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('notices', '0001_initial'), ('notices', '0002_delivery'), ('notices', '0003_edition'), ('notices', '0004_urgent')]

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=120, unique=True)),
                    ('recipient', models.EmailField(max_length=254)),
                    ('language', models.CharField(default='en', max_length=10)),
                    ('template', models.CharField(max_length=60)),
                    ('context', models.JSONField(default=dict)),
                    ('urgent', models.BooleanField(default=False, help_text='somebody waits for it, as for a code: goes before others')),
                    ('created', models.DateTimeField()),
                    ('sent', models.DateTimeField(blank=True, null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('due', models.DateTimeField(blank=True, help_text='not tried before this moment', null=True)),
                    ('started', models.DateTimeField(blank=True, help_text='when the current attempt began', null=True)),
                    ('failed', models.DateTimeField(blank=True, help_text='when it was given up', null=True)),
                    ('last_error', models.CharField(blank=True, max_length=500)),
                    ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='editions.edition')),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(condition=models.Q(('failed', None), ('sent', None)), fields=['-urgent', 'id'], name='notices_waiting'), models.Index(condition=models.Q(('failed__isnull', False)), fields=['failed'], name='notices_failed')],
                },
            ),
        ]),
    ]
