"""A demonstration fair: invented people and companies, real countries, goods, rates and dates."""
