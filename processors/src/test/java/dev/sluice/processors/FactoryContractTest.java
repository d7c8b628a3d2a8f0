package dev.sluice.processors;

import dev.sluice.testkit.FactoryContract;
import dev.sluice.testkit.FactoryContract.Case;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FactoryContractTest {
    @TestFactory
    Stream<DynamicTest> everyFactoryKeepsTheContract() {
        return FactoryContract.of(
                Case.of("processor/batch").keepsBack(),
                Case.of("processor/memory_limiter")
                        .incomplete(
                                "check_interval: 'check_interval' must be greater than zero",
                                "'limit_mib' or 'limit_percentage' must be greater than zero")
                        .with("check_interval", Duration.ofSeconds(1))
                        .with("limit_mib", 100));
    }
}
