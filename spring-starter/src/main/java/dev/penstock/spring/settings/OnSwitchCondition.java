package dev.penstock.spring.settings;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Of {@link ConditionalOnSwitch}. */
final class OnSwitchCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        MergedAnnotation<ConditionalOnSwitch> wanted = metadata.getAnnotations().get(ConditionalOnSwitch.class);
        String name = wanted.getString("value");
        String text = Switches.find(context.getEnvironment(), name);
        boolean on = text == null ? wanted.getBoolean("byDefault") : !"false".equals(text);
        ConditionMessage.Builder message = ConditionMessage.forCondition(ConditionalOnSwitch.class);
        return new ConditionOutcome(
                on, message.because(name + " is " + (text == null ? "not set" : on ? "on" : "off")));
    }
}
