package dev.sluice.receivers.loki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamLabelsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{a=\"b\"} | a=b",
                "{} | ''",
                "{ a = \"\\x41\\u00fc\\U0001F600\\\\\" , } | a=Aü😀\\",
                "{a=\"\\xc3\\xbc\\303\\274\"} | a=üü",
                "{a=\"b\\xffc\"} | a=b\uFFFDc",
                "{a='\"\\x20\"'} | a=\" \"",
            })
    void labelsAreReadAsGoQuotesThem(String text, String expected) {
        Map<String, String> labels = StreamLabels.parse(text);
        assertThat(labels.isEmpty() ? "" : "a=" + labels.get("a")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=\"b\" | expected '{' at character 1",
                "{a} | expected '=' at character 3",
                "{=\"b\"} | expected a label name at character 2",
                "{a=\"b} | expected a closing quote",
                "{a=`b} | expected a closing quote",
                "{a=\"\\q\"} | expected an escape that is known",
                "{a=\"\\u12\"} | expected 4 hexadecimal digits",
                "{a=\"\\xzz\"} | expected 2 hexadecimal digits",
                "{a=\"\\008\"} | expected 3 octal digits",
                "{a=\"\\777\"} | expected a byte",
                "{a=\"\\ud800\"} | expected a character",
                "{a=\"\\'\"} | expected an escape that is known",
                "{a=\"b\"}x | expected the end at character 8",
                "{a=\"b\" | expected '}'",
            })
    void labelsThatAreNoneAreToldWithTheirPlace(String text, String problem) {
        assertThatThrownBy(() -> StreamLabels.parse(text)).hasMessageContaining(problem);
    }

    @Test
    void longLabelsThatAreNoneAreNotRepeatedWhole() {
        assertThatThrownBy(() -> StreamLabels.parse("{a=\"" + "x".repeat(100_000)))
                .hasMessageContaining("expected a closing quote at character 100005")
                .message()
                .hasSizeLessThan(300);
    }
}
