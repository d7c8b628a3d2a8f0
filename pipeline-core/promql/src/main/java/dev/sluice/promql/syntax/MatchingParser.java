package dev.sluice.promql.syntax;

import dev.sluice.promql.syntax.VectorMatching.Cardinality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what may stand between an operator and its right operand: {@code on}, {@code group_left}, {@code fill} and their like. */
final class MatchingParser {
    private final Tokens tokens;

    MatchingParser(Tokens tokens) {
        this.tokens = tokens;
    }

    VectorMatching matching() throws ParseException {
        boolean on = tokens.at(TokenType.ON);
        Cardinality cardinality = Cardinality.ONE_TO_ONE;
        List<String> labels = List.of();
        List<String> include = List.of();
        if (on || tokens.at(TokenType.IGNORING)) {
            tokens.take();
            labels = new GroupingParser(tokens).labels();
            boolean left = tokens.at(TokenType.GROUP_LEFT);
            if (left || tokens.at(TokenType.GROUP_RIGHT)) {
                tokens.take();
                cardinality = left ? Cardinality.MANY_TO_ONE : Cardinality.ONE_TO_MANY;
                include = operandFollows() ? List.of() : new GroupingParser(tokens).labels();
            }
        }
        return fills(new VectorMatching(cardinality, on, labels, include, null, null));
    }

    /** An opening parenthesis is taken to hold labels, not the operand. */
    private boolean operandFollows() throws ParseException {
        return switch (tokens.type()) {
            case NUMBER, DURATION, STRING, LEFT_BRACE, ADD, SUB -> true;
            default -> tokens.type().namesMetric();
        };
    }

    private VectorMatching fills(VectorMatching m) throws ParseException {
        if (tokens.accept(TokenType.FILL)) {
            double both = value();
            return with(m, both, both);
        }
        if (tokens.accept(TokenType.FILL_LEFT)) {
            double left = value();
            return with(m, left, tokens.accept(TokenType.FILL_RIGHT) ? (Double) value() : null);
        }
        if (tokens.accept(TokenType.FILL_RIGHT)) {
            double right = value();
            return with(m, tokens.accept(TokenType.FILL_LEFT) ? (Double) value() : null, right);
        }
        return m;
    }

    private static VectorMatching with(VectorMatching m, @Nullable Double left, @Nullable Double right) {
        return new VectorMatching(m.cardinality(), m.on(), m.labels(), m.include(), left, right);
    }

    private double value() throws ParseException {
        tokens.take(TokenType.LEFT_PAREN);
        double value = Literals.takeSigned(tokens);
        tokens.take(TokenType.RIGHT_PAREN);
        return value;
    }
}
