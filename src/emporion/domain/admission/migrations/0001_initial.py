import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('exhibitors', '0001_squashed_0004_sectors_of_the_fair'),
        ('visitors', '0001_squashed_0008_found_by'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Badge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(max_length=20)),
                    ('kind', models.CharField(choices=[('visitor', 'visitor'), ('exhibitor', "exhibitor's staff")], max_length=10)),
                    ('holder', models.CharField(max_length=150)),
                    ('signature', models.BinaryField(help_text="Ed25519 signature over the badge's text")),
                    ('issued', models.DateTimeField()),
                    ('revoked', models.DateTimeField(blank=True, null=True)),
                    ('edition', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='badges', to='editions.edition')),
                    ('exhibitor', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='badges', to='exhibitors.exhibitor')),
                    ('visitor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='badge', to='visitors.visitor')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_badge_per_number'), models.CheckConstraint(condition=models.Q(models.Q(('exhibitor__isnull', True), ('kind', 'visitor'), ('visitor__isnull', False)), models.Q(('exhibitor__isnull', False), ('kind', 'exhibitor'), ('visitor__isnull', True)), _connector='OR'), name='exhibitors_pass_is_never_a_visitor')],
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('scan', models.UUIDField(primary_key=True, serialize=False)),
                    ('gate', models.CharField(max_length=20)),
                    ('at', models.DateTimeField()),
                    ('badge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='admission.badge')),
                ],
                options={
                    'verbose_name_plural': 'entries',
                },
            ),
            migrations.CreateModel(
                name='SigningKey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('private', models.BinaryField()),
                    ('public', models.BinaryField()),
                    ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='signing_key', to='editions.edition')),
                ],
            ),
        ]),
    ]
