import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('meetings', '0001_initial'), ('meetings', '0002_presence_and_changes'), ('meetings', '0003_reasons_in_two_languages'), ('meetings', '0004_reasons_of_changes'), ('meetings', '0005_delegations_links')]

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('exhibitors', '0001_squashed_0004_sectors_of_the_fair'),
        ('visitors', '0001_squashed_0008_found_by'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='DelegationLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=64, unique=True)),
                    ('made', models.DateTimeField()),
                    ('delegation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link', to='visitors.delegation')),
                ],
            ),
            migrations.CreateModel(
                name='MeetingSlot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('starts', models.DateTimeField()),
                    ('ends', models.DateTimeField()),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_slots', to='editions.edition')),
                ],
                options={
                    'ordering': ['edition', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('edition', 'number'), name='one_slot_per_number')],
                },
            ),
            migrations.CreateModel(
                name='MeetingRequest',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by_exhibitor', models.BooleanField(default=False)),
                    ('wish', models.CharField(choices=[('must', 'must meet'), ('like', 'would like to meet'), ('no', 'does not want to meet')], default='like', max_length=6)),
                    ('state', models.CharField(choices=[('pending', 'awaits an answer'), ('accepted', 'accepted'), ('declined', 'declined'), ('cancelled', 'cancelled')], default='pending', max_length=10)),
                    ('asked', models.DateTimeField()),
                    ('answered', models.DateTimeField(blank=True, null=True)),
                    ('unplaced', models.JSONField(blank=True, help_text='why the last timetable has no slot for it', null=True)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_requests', to='editions.edition')),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_requests', to='exhibitors.exhibitor')),
                    ('visitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_requests', to='visitors.visitor')),
                    ('agreed_slot', models.ForeignKey(blank=True, help_text='the time one side proposed; once accepted, the meeting is held then or not at all', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='agreed', to='meetings.meetingslot')),
                ],
                options={
                    'indexes': [models.Index(fields=['edition', 'state'], name='meetings_me_edition_bff78a_idx')],
                    'constraints': [models.UniqueConstraint(fields=('visitor', 'exhibitor'), name='already_asked_to_meet')],
                },
            ),
            migrations.CreateModel(
                name='HallClosure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('hall', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meeting_closures', to='editions.hall')),
                    ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.meetingslot')),
                    ('last', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='meetings.meetingslot')),
                ],
            ),
            migrations.CreateModel(
                name='Presence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('away', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, help_text='numbers of slots', size=None)),
                    ('daily_limit', models.PositiveSmallIntegerField(blank=True, null=True)),
                    ('hosts', models.PositiveSmallIntegerField(blank=True, help_text='meetings at the stand side by side', null=True)),
                    ('exhibitor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='exhibitors.exhibitor')),
                    ('visitor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='visitors.visitor')),
                ],
                options={
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('exhibitor__isnull', True), ('visitor__isnull', False)), models.Q(('exhibitor__isnull', False), ('visitor__isnull', True)), _connector='OR'), name='presence_is_of_one_side')],
                },
            ),
            migrations.CreateModel(
                name='TimetableRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('finished', models.DateTimeField()),
                    ('seed', models.BigIntegerField()),
                    ('method', models.CharField(max_length=60)),
                    ('accepted', models.PositiveIntegerField()),
                    ('placed', models.PositiveIntegerField()),
                    ('bound', models.FloatField()),
                    ('stopped', models.CharField(max_length=200)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='timetable_runs', to='editions.edition')),
                ],
                options={
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='TimetableChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('moved', 'moved'), ('placed', 'new'), ('lost', 'lost its slot')], max_length=10)),
                    ('forced', models.BooleanField(help_text='its published slot did not hold any more')),
                    ('cause', models.JSONField(help_text='what took its published slot, by code and facts', null=True)),
                    ('no_other', models.JSONField(help_text='why a meeting that lost its slot found no other', null=True)),
                    ('after', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meetingslot')),
                    ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.meetingslot')),
                    ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='meetings.meetingrequest')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='meetings.timetablerun')),
                ],
            ),
            migrations.CreateModel(
                name='Meeting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('published', models.BooleanField(default=False)),
                    ('pinned', models.BooleanField(db_default=False, default=False)),
                    ('outcome', models.CharField(blank=True, choices=[('', 'not told yet'), ('held', 'held'), ('visitor', 'the visitor did not come'), ('exhibitor', 'nobody was at the stand')], db_default='', default='', max_length=10)),
                    ('outcome_note', models.CharField(blank=True, db_default='', default='', max_length=500)),
                    ('request', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='meeting', to='meetings.meetingrequest')),
                    ('slot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.meetingslot')),
                    ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.timetablerun')),
                ],
            ),
            migrations.CreateModel(
                name='CalendarLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=64, unique=True)),
                    ('made', models.DateTimeField()),
                    ('exhibitor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='exhibitors.exhibitor')),
                    ('visitor', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='visitors.visitor')),
                ],
                options={
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('exhibitor__isnull', True), ('visitor__isnull', False)), models.Q(('exhibitor__isnull', False), ('visitor__isnull', True)), _connector='OR'), name='calendarlink_is_of_one_side')],
                },
            ),
        ]),
    ]
