import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_squashed_0003_latin_names'),
        ('editions', '0001_squashed_0006_edition_rate_days'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='BackgroundTask',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('key', models.CharField(max_length=120)),
                    ('arguments', models.JSONField(blank=True, default=dict)),
                    ('asked', models.DateTimeField()),
                    ('started', models.DateTimeField(blank=True, null=True)),
                    ('finished', models.DateTimeField(blank=True, null=True)),
                    ('state', models.CharField(choices=[('waiting', 'waiting for a worker'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8)),
                    ('steps_done', models.PositiveIntegerField(default=0)),
                    ('steps', models.PositiveIntegerField(default=0, help_text='0 while nobody knows how many there are')),
                    ('cause', models.JSONField(blank=True, default=dict)),
                    ('result', models.JSONField(blank=True, default=dict)),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                    ('edition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='editions.edition')),
                ],
                options={
                    'ordering': ['-id'],
                    'indexes': [models.Index(fields=['edition', '-id'], name='work_backgr_edition_f0b3fc_idx'), models.Index(fields=['key', '-id'], name='work_backgr_key_512b92_idx')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('key',), name='one_task_under_way')],
                },
            ),
            migrations.CreateModel(
                name='TaskDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=150)),
                    ('content_type', models.CharField(max_length=60)),
                    ('content', models.BinaryField()),
                    ('task', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='document', to='work.backgroundtask')),
                ],
            ),
        ]),
    ]
