package dev.penstock.spring.settings;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Unless {@code penstock.enabled} is false. Anything else than true or false is on: the settings refuse it, where a
 * slip of the pen would otherwise go unnoticed as "off".
 */
public class OnPenstockCondition extends SpringBootCondition {
    private static final String NAME = "penstock.enabled";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean off = isFalse(context.getEnvironment());
        ConditionMessage.Builder message = ConditionMessage.forCondition("Penstock");
        return new ConditionOutcome(!off, message.because(NAME + (off ? " is false" : " is not false")));
    }

    private static boolean isFalse(Environment environment) {
        return "false".equals(Switches.find(environment, NAME));
    }

    /** The opposite. */
    public static class Not extends OnPenstockCondition {
        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConditionOutcome on = super.getMatchOutcome(context, metadata);
            return new ConditionOutcome(!on.isMatch(), on.getConditionMessage());
        }
    }
}
