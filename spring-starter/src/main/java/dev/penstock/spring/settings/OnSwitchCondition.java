package dev.penstock.spring.settings;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Of {@link ConditionalOnSwitch}. */
class OnSwitchCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnSwitch> wanted = metadata.getAnnotations().get(ConditionalOnSwitch.class);
        String name = wanted.getString("value");
        String text = Switch.text(context.getEnvironment(), name);
        boolean on = text == null ? wanted.getBoolean("byDefault") : text.equals("true");
        return new ConditionOutcome(
                on,
                ConditionMessage.forCondition(ConditionalOnSwitch.class)
                        .because(name + (text == null ? " is not set" : " is " + text)));
    }
}
