from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('booths', '0002_stand_shapes'),
    ]

    operations = [
        migrations.AddField(model_name='allocationrun', name='places', field=models.JSONField(default=dict, help_text='by hall code: [kind, x, y, width, depth] in metres')),
        migrations.AddField(model_name='allocationrun', name='area_parts', field=models.JSONField(default=dict, help_text="by hall code: in how many parts each area's stands lie")),
    ]
