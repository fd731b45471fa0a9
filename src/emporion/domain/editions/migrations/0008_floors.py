import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0007_daily_hours'),
    ]

    operations = [
        migrations.AddField(model_name='hall', name='outline', field=models.JSONField(blank=True, default=list, editable=False)),
        migrations.AddField(model_name='hall', name='ceiling_m', field=models.FloatField(blank=True, help_text='clear height in metres', null=True)),
        migrations.AddField(model_name='hall', name='floor_load_kg_m2', field=models.PositiveIntegerField(blank=True, help_text='what a square metre bears, in kg', null=True)),
        migrations.AddField(model_name='hall', name='level', field=models.SmallIntegerField(default=0, help_text='0 is the ground floor')),
        migrations.AddField(model_name='hall', name='site_x', field=models.FloatField(blank=True, help_text='on the site, metres to the east', null=True)),
        migrations.AddField(model_name='hall', name='site_y', field=models.FloatField(blank=True, help_text='on the site, metres to the south', null=True)),
        migrations.AddField(model_name='hall', name='site_turn', field=models.FloatField(default=0, help_text='degrees clockwise')),
        migrations.CreateModel(
            name='HallElement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=12)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('shape', models.JSONField()),
                ('width_m', models.FloatField(blank=True, help_text='of an aisle drawn as a line', null=True)),
                ('depth_m', models.FloatField(blank=True, help_text='kept free before a door', null=True)),
                ('services', models.JSONField(blank=True, default=list, help_text='power, water, air, network')),
                ('main', models.BooleanField(default=False)),
                ('step_free', models.BooleanField(default=True)),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='editions.exhibitionarea')),
                ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='elements', to='editions.hall')),
            ],
            options={
                'ordering': ['hall', 'kind', 'id'],
            },
        ),
    ]
