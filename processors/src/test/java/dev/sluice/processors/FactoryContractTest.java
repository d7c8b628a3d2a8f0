package dev.sluice.processors;

import dev.sluice.slo.rules.GroupConfig;
import dev.sluice.slo.rules.RuleConfig;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.FactoryContract;
import dev.sluice.testkit.FactoryContract.Case;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FactoryContractTest {
    private static final GroupConfig RULES = Configs.with(
            GroupConfig.DEFAULT,
            "name",
            "g",
            "rules",
            List.of(Configs.with(RuleConfig.DEFAULT, "record", "r", "expr", "sum(x)")));

    @TestFactory
    Stream<DynamicTest> everyFactoryKeepsTheContract() {
        return FactoryContract.of(
                Case.of("processor/batch").keepsBack(),
                Case.of("processor/memory_limiter")
                        .incomplete(
                                "check_interval: 'check_interval' must be greater than zero",
                                "'limit_mib' or 'limit_percentage' must be greater than zero")
                        .with("check_interval", Duration.ofSeconds(1))
                        .with("limit_mib", 100),
                Case.of("processor/slo")
                        .incomplete("has no rules: set \"rule_files\", \"slo_files\" or \"groups\"")
                        .with("groups", List.of(RULES)));
    }
}
