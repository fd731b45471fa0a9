from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exhibitors', '0001_initial'),
        ('matching', '0003_exhibitortexts_unittexts_textvector'),
        ('visitors', '0004_one_visit_per_edition'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='decline',
            name='one_decline_per_pair',
        ),
        migrations.AddConstraint(
            model_name='decline',
            constraint=models.UniqueConstraint(fields=('visitor', 'exhibitor', 'by_exhibitor'), name='one_decline_per_side'),
        ),
    ]
