/**
 * Ask the server, and once more if others were faster with the same goods: they may be
 * done by now. Anything else that goes wrong is thrown as it is.
 */
export async function tryOnceMore(ask) {
    try {
        return await ask();
    } catch (error) {
        if (!error.data?.context?.store_transfer_conflict) {
            throw error;
        }
        return ask();
    }
}
