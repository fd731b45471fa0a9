from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0002_market_standing"), ("editions", "0002_fair")]
    operations = [
        migrations.RemoveConstraint("marketstanding", "one_standing_per_code_and_origin"),
        migrations.RenameModel("MarketStanding", "MarketEligibility"),
        migrations.AlterField(
            "marketeligibility",
            "edition",
            models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name="market_eligibilities", to="editions.edition"
            ),
        ),
        migrations.AddConstraint(
            "marketeligibility",
            models.UniqueConstraint(
                fields=["edition", "hs", "origin"], name="one_eligibility_per_code_and_origin"
            ),
        ),
    ]
