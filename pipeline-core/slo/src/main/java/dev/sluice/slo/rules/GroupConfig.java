package dev.sluice.slo.rules;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of {@code groups}, as in a rule file. */
public record GroupConfig(
        @Doc("By this the group is known; no other may have it.") @Nullable
        String name,

        @Doc("How often the rules are evaluated; `evaluation::interval` where there is none.") @Nullable
        String interval,

        @Doc("By so much the queries look back.") @Nullable String queryOffset,

        @Doc("So many series or alerts a rule may have; `limits::max_groups_per_rule` if 0.")
        int limit,

        @Doc("Labels of all rules.") Map<String, String> labels,

        @Doc("Evaluated in order, each seeing what those before it have recorded.")
        List<RuleConfig> rules)
        implements Config {
    public static final GroupConfig DEFAULT = new GroupConfig(null, null, null, 0, Map.of(), List.of());

    public GroupConfig {
        labels = Map.copyOf(labels);
        rules = List.copyOf(rules);
    }
}
