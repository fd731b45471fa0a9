import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from emporion.domain.tables import CreateTables


class Migration(migrations.Migration):

    replaces = [('catalogue', '0001_initial'), ('catalogue', '0002_market_standing'), ('catalogue', '0003_market_eligibility'), ('catalogue', '0004_sectors_of_the_fair')]

    initial = True

    dependencies = [
        ('editions', '0001_squashed_0006_edition_rate_days'),
        ('exhibitors', '0001_squashed_0004_sectors_of_the_fair'),
        ('reference', '0001_squashed_0004_rate_source_and_pegs'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Product',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.CharField(help_text='number of the product, unique for its exhibitor', max_length=30)),
                    ('kind', models.CharField(choices=[('product', 'product'), ('technology', 'technology'), ('service', 'service')], default='product', max_length=10)),
                    ('name_en', models.CharField(blank=True, max_length=200)),
                    ('name_zh', models.CharField(blank=True, max_length=200)),
                    ('about_en', models.TextField(blank=True)),
                    ('about_zh', models.TextField(blank=True)),
                    ('words', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='products', to='editions.edition')),
                    ('exhibitor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='products', to='exhibitors.exhibitor')),
                    ('hs', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.hscode')),
                    ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='reference.country')),
                    ('sector', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='editions.sector')),
                ],
                options={
                    'ordering': ['id'],
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['words'], name='catalogue_p_words_f4d878_gin')],
                    'constraints': [models.UniqueConstraint(fields=('exhibitor', 'number'), name='one_product_per_number'), models.CheckConstraint(condition=models.Q(('name_en', ''), ('name_zh', ''), _negated=True), name='product_has_a_name')],
                },
            ),
            migrations.CreateModel(
                name='Debut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('world', 'world debut'), ('asia', 'Asian debut'), ('host', "debut in the host's market")], max_length=10)),
                    ('product', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='debut', to='catalogue.product')),
                ],
            ),
            migrations.CreateModel(
                name='MarketEligibility',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.CharField(max_length=60)),
                    ('answered', models.BooleanField()),
                    ('free_under_rcep', models.BooleanField(null=True)),
                    ('free_from_least_developed', models.BooleanField(null=True)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='market_eligibilities', to='editions.edition')),
                    ('hs', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='reference.hscode')),
                    ('origin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='reference.country')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('edition', 'hs', 'origin'), name='one_eligibility_per_code_and_origin')],
                },
            ),
        ]),
    ]
