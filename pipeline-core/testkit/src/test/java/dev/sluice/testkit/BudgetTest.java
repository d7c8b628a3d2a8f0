package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.Admission.Level;
import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    void whatWouldPassTheLimitIsRefusedAndTakesNothing() {
        Budget budget = new Budget(10);

        assertThat(budget.tryAcquire(7)).isTrue();
        assertThat(budget.tryAcquire(4)).isFalse();
        assertThat(budget.used()).isEqualTo(7);
        assertThat(budget.tryAcquire(3)).isTrue();
        assertThat(budget.used()).isEqualTo(10);
    }

    @Test
    void whatIsChargedMayPassTheLimitAndLeavesNoRoom() {
        Budget budget = new Budget(10);
        budget.charge(11);

        assertThat(budget.used()).isEqualTo(11);
        assertThat(budget.tryAcquire(0)).isFalse();
        budget.release(11);
        assertThat(budget.used()).isZero();
        assertThat(budget.most()).isEqualTo(11);
        assertThat(budget.tryAcquire(10)).isTrue();
    }

    @Test
    void oneWithoutALimitRefusesNothing() {
        Budget budget = new Budget();
        budget.charge(1L << 40);

        assertThat(budget.tryAcquire(Long.MAX_VALUE >> 1)).isTrue();
    }

    @Test
    void whatWasNotTakenCannotBeGivenBack() {
        Budget budget = new Budget();
        budget.charge(2);

        assertThatThrownBy(() -> budget.release(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("more was given back than was taken: 3 bytes, of which 2 were left");
        assertThat(budget.used()).isEqualTo(2);
    }

    @Test
    void theLevelIsWhatTheTestSays() {
        Budget budget = new Budget(1);
        assertThat(budget.level()).isEqualTo(Level.NORMAL);
        budget.charge(5);
        assertThat(budget.level()).isEqualTo(Level.NORMAL);
        assertThat(budget.level(Level.HARD).level()).isEqualTo(Level.HARD);
    }
}
