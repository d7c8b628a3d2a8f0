package dev.sluice.promql.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GoMathTest {
    @Test
    void mathFollowsGoAtTheEdges() {
        assertThat(GoMath.log2(8)).isEqualTo(3);
        assertThat(GoMath.log2(Double.MIN_VALUE)).isEqualTo(-1074);
        assertThat(GoMath.log2(-1)).isNaN();
        assertThat(GoMath.log2(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoMath.pow(1, Double.NaN)).isEqualTo(1);
        assertThat(GoMath.pow(-1, Double.NEGATIVE_INFINITY)).isEqualTo(1);
        assertThat(GoMath.pow(2, 3)).isEqualTo(8);
        assertThat(GoMath.max(Double.NaN, Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(GoMath.min(Double.NEGATIVE_INFINITY, Double.NaN)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoMath.max(1, Double.NaN)).isNaN();
        assertThat(GoMath.asinh(Double.NEGATIVE_INFINITY)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(GoMath.acosh(0.5)).isNaN();
        assertThat(GoMath.atanh(2)).isNaN();
    }
}
