package dev.sluice.processors.slo;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.slo.alert.AlertingConfig;
import dev.sluice.slo.rules.SloConfig;

/** The block of a processor {@code slo}. */
public record SloProcessorConfig(
        @Doc("What is evaluated, and when.") @Squash SloConfig rules,
        @Doc("Who is told of alerts.") AlertingConfig alerting)
        implements Config {
    public static final SloProcessorConfig DEFAULT = new SloProcessorConfig(SloConfig.DEFAULT, AlertingConfig.DEFAULT);

    @Override
    public void validate(Problems problems) {
        if (!rules.series().counts().isEmpty()) {
            problems.at("counts", "no spans and log records come here: the connector slo counts them");
        }
    }
}
