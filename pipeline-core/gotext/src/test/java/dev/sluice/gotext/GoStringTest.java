package dev.sluice.gotext;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoStringTest {
    /** Right sides were printed by Go 1.26. */
    @Test
    void quotesEscapeWhatIsNotPrintable() {
        assertThat(GoString.quote("a\"b\\\n\t\r\b\f\u0007\u000b\u0001\u00ad\u4e16\ud83d\ude00\ue000"))
                .isEqualTo("\"a\\\"b\\\\\\n\\t\\r\\b\\f\\a\\v\\x01\\u00ad\u4e16\ud83d\ude00\\ue000\"");
        assertThat(GoString.quote("a\0é\"\u2028😀\u0007\u007f\u00a0\u200b\\\b\f\n\r\t\u000b \udb40\udc01"))
                .isEqualTo("\"a\\x00é\\\"\\u2028😀\\a\\x7f\\u00a0\\u200b\\\\\\b\\f\\n\\r\\t\\v \\U000e0001\"");
        assertThat(GoString.quoteRune('\'')).isEqualTo("'\\''");
    }

    @Test
    void aByteThatIsNoTextIsQuotedAsOne() {
        assertThat(GoString.quote("\udcff")).isEqualTo("\"\\xff\"");
    }

    @Test
    void aQuoteIsCutAtCodePoints() {
        assertThat(GoString.quote("ab\ud83d\ude00c", 3)).isEqualTo("\"ab\ud83d\ude00\"");
        assertThat(GoString.quote("ab", 3)).isEqualTo("\"ab\"");
    }

    @Test
    void orderIsThatOfCodePoints() {
        List<String> texts = new ArrayList<>(List.of("\ud83d\ude00", "\uff5e", "b", "a", "ab"));
        texts.sort(GoString::compare);
        assertThat(texts).containsExactly("a", "ab", "b", "\uff5e", "\ud83d\ude00");
        assertThat(GoString.utf8Length("a\u00e9\u4e16\ud83d\ude00", 5)).isEqualTo(10);
    }
}
