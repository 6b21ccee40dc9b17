package io.sipcodes.spring;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.HierarchicalMessageSource;
import org.springframework.context.MessageSource;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Puts the catalog's words behind the messages of the application: a key that the application defines itself stays its
 * own. The words are no bean, for whoever asks for a MessageSource by type wants the application's.
 */
record MessageFallback(BeanFactory beans, CatalogMessageSource words) implements SmartInitializingSingleton {

    @Override
    public void afterSingletonsInstantiated() {
        MessageSource last = beans.getBean(AbstractApplicationContext.MESSAGE_SOURCE_BEAN_NAME, MessageSource.class);
        while (last instanceof HierarchicalMessageSource source && source.getParentMessageSource() != null) {
            last = source.getParentMessageSource();
        }
        if (last instanceof HierarchicalMessageSource source && !(last instanceof CatalogMessageSource)) {
            source.setParentMessageSource(words);
        }
    }
}
