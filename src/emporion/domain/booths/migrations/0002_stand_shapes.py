import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booths', '0001_squashed_0002_reasons'),
    ]

    operations = [
        migrations.AddField(model_name='stand', name='corners', field=models.JSONField(blank=True, default=list, editable=False)),
        migrations.AddField(model_name='stand', name='key', field=models.UUIDField(editable=False, null=True)),
        migrations.RunSQL('UPDATE booths_stand SET key = gen_random_uuid()', migrations.RunSQL.noop),
        migrations.AlterField(model_name='stand', name='key', field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
    ]
