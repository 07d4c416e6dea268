const PHOTO_SIZE = 1280;
const STORE = "photos";

/** Read an image file, made small enough for a slow network; as base64. */
export async function readPhoto(file) {
    const image = await window.createImageBitmap(file);
    const scale = Math.min(1, PHOTO_SIZE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = image.width * scale;
    canvas.height = image.height * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}

function wait(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function openDatabase(name) {
    const request = window.indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return wait(request);
}

/**
 * What behaves like localStorage, but has room for photos: they are kept in IndexedDB.
 *
 * All there is, is read once; from then on what is written is kept in both places.
 */
export class PhotoStorage {
    constructor(database, values) {
        Object.assign(this, { database, values });
    }

    /** Without a database, as in some private windows, the page has to stay open. */
    static async open(name) {
        const values = new Map();
        try {
            const database = await openDatabase(name);
            const store = database.transaction(STORE).objectStore(STORE);
            const [keys, kept] = await Promise.all([
                wait(store.getAllKeys()),
                wait(store.getAll()),
            ]);
            keys.forEach((key, index) => values.set(key, kept[index]));
            return new PhotoStorage(database, values);
        } catch {
            return new PhotoStorage(null, values);
        }
    }

    get length() {
        return this.values.size;
    }

    key(index) {
        return [...this.values.keys()][index] ?? null;
    }

    getItem(key) {
        return this.values.get(key) ?? null;
    }

    /** Resolves when the disk has it. */
    setItem(key, value) {
        this.values.set(key, value);
        return this.change((store) => store.put(value, key));
    }

    removeItem(key) {
        this.values.delete(key);
        // What stays by accident is sent again, and counts once.
        this.change((store) => store.delete(key)).catch(() => {});
    }

    async change(action) {
        const transaction = this.database.transaction(STORE, "readwrite");
        action(transaction.objectStore(STORE));
        await new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onabort = () => reject(transaction.error);
        });
    }
}
