"""From a product text in English or Chinese to the likely subheadings of the Harmonized System; the person decides."""
