package dev.sluice.extensions;

import dev.sluice.testkit.FactoryContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FactoryContractTest {
    @TestFactory
    Stream<DynamicTest> everyFactoryKeepsTheContract() {
        return FactoryContract.of();
    }
}
