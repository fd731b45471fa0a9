

import django.contrib.postgres.fields
import django.db.models.deletion
import emporion.domain.organisations.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editions', '0002_fair'),
        ('organisations', '0002_aliases_and_recognition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationClaim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.CharField(blank=True, max_length=100)),
                ('evidence', models.TextField(help_text='how the person shows that they act for it', max_length=2000)),
                ('state', models.CharField(choices=[('open', 'waits for a decision'), ('accepted', 'accepted'), ('declined', 'declined')], default='open', max_length=10)),
                ('reason', models.TextField(blank=True, help_text='sent to the person when the claim is declined')),
                ('made', models.DateTimeField()),
                ('decided', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='representative',
            name='roles',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('manages', 'manages the organisation, its applications and its people'), ('catalogue', 'looks after the catalogue'), ('meetings', 'arranges meetings'), ('deals', 'records and confirms deals'), ('leads', 'collects leads')], max_length=10), default=emporion.domain.organisations.models.managing, size=None),
        ),
        migrations.AddConstraint(
            model_name='representative',
            constraint=models.CheckConstraint(condition=models.Q(('roles__len__gt', 0), ('roles__contained_by', ['manages', 'catalogue', 'meetings', 'deals', 'leads'])), name='representative_has_known_roles'),
        ),
        migrations.AddField(
            model_name='organisationclaim',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisationclaim',
            name='fair',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='editions.fair'),
        ),
        migrations.AddField(
            model_name='organisationclaim',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='organisations.organisation'),
        ),
        migrations.AddField(
            model_name='organisationclaim',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='organisationclaim',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'user'), name='one_open_claim_per_person'),
        ),
    ]
