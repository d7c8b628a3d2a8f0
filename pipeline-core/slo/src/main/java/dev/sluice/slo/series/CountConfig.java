package dev.sluice.slo.series;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import dev.sluice.slo.condition.Condition;
import dev.sluice.slo.condition.ConditionException;
import dev.sluice.slo.condition.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One of {@code counts}: an indicator made from spans or log records. */
public record CountConfig(
        @Doc("What is counted: `traces` (spans) or `logs` (log records).")
        CountSignal signal,

        @Doc("Name of the series for rules, as it is: a counter's should end in `_total`.")
        String name,

        @Doc(
                "All of them must hold. Comparisons of `attributes[\"key\"]`, `resource.attributes[\"key\"]`, `name`, `kind`, `status.code` and `severity_number` by `==`, `!=`, `<`, `<=`, `>` and `>=`, joined by `and`.")
        List<String> conditions,

        @Doc(
                "Attributes that become labels besides `job` and `instance`; those of the resource where a span or record has none of the name.")
        List<String> attributes,

        @Doc("Counts into buckets rather than one number.") @Nullable
        CountHistogramConfig histogram)
        implements Config {
    public static final CountConfig DEFAULT = new CountConfig(CountSignal.TRACES, "", List.of(), List.of(), null);

    public CountConfig {
        conditions = List.copyOf(conditions);
        attributes = List.copyOf(attributes);
    }

    /** Names of the series that it makes. */
    public List<String> series() {
        return histogram == null ? List.of(name) : List.of(name + "_bucket", name + "_sum", name + "_count");
    }

    @Override
    public void validate(Problems problems) {
        if (name.isEmpty()) {
            problems.at("name", "requires a non-empty \"name\"");
        }
        for (int i = 0; i < conditions.size(); i++) {
            try {
                Condition.parse(conditions.get(i), signal.signal());
            } catch (ConditionException e) {
                problems.at("conditions::" + i, String.valueOf(e.getMessage()));
            }
        }
        if (attributes.stream().anyMatch(String::isEmpty)) {
            problems.at("attributes", "an attribute has a key");
        }
        if (histogram != null) {
            try {
                Measure.parse(histogram.value(), signal.signal());
            } catch (ConditionException e) {
                problems.at("histogram::value", String.valueOf(e.getMessage()));
            }
        }
    }
}
