package dev.sluice.connectors;

import dev.sluice.slo.rules.GroupConfig;
import dev.sluice.slo.rules.RuleConfig;
import dev.sluice.testkit.Configs;
import dev.sluice.testkit.FactoryContract;
import dev.sluice.testkit.FactoryContract.Case;
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
        return FactoryContract.of(Case.of("connector/slo")
                .incomplete("has no rules: set \"rule_files\", \"slo_files\" or \"groups\"")
                .with("groups", List.of(RULES)));
    }
}
