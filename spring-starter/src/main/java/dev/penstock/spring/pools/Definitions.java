package dev.penstock.spring.pools;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What a context was told of its DataSources. Of a bean within a bean nothing is known. */
final class Definitions {
    private final ConfigurableListableBeanFactory beans;

    Definitions(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /** Of whose destruction Spring will tell: the bean as it was made, or the FactoryBean that has made it. */
    Object ownerOf(Object original, String beanName) {
        return beans.containsLocalBean(beanName) && beans.isFactoryBean(beanName)
                ? beans.getBean(BeanFactory.FACTORY_BEAN_PREFIX + beanName)
                : original;
    }

    /** Whether nobody tells when it is destroyed: whoever has asked for it closes it. */
    boolean isNeverDestroyed(String beanName) {
        return beans.containsLocalBean(beanName) && beans.isPrototype(beanName);
    }

    /** Whether it is not for Spring to close it: {@code destroyMethod = ""}. */
    boolean isClosedBySomebodyElse(String beanName) {
        return beans.containsBeanDefinition(beanName)
                && "".equals(beans.getMergedBeanDefinition(beanName).getDestroyMethodName());
    }

    /** Whether the application has declared it by an interface, so that it cannot count on its class. */
    boolean isDeclaredByInterface(String beanName) {
        Class<?> type = declaredType(beanName);
        return type != null && type.isInterface();
    }

    private @Nullable Class<?> declaredType(String beanName) {
        return beans.containsBeanDefinition(beanName)
                ? beans.getMergedBeanDefinition(beanName).getResolvableType().resolve()
                : null;
    }
}
